import { createHash } from 'node:crypto';

/** A source of repeatable choices: the same labels give the same sequence on every machine. */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  integer(from: number, to: number): number;
  /** One of a list. @throws RangeError when the list is empty. */
  pick<T>(list: readonly T[]): T;
  /** True with the given probability. */
  chance(probability: number): boolean;
}

/** Starts a sequence for these labels. The generator is mulberry32 (Tommy Ettinger, public domain), seeded by SHA-256 of the labels. */
export function randomFor(...labels: readonly (string | number)[]): Random {
  let state = createHash('sha256').update(labels.join('\u0000')).digest().readUInt32LE(0);

  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const integer = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    integer,
    pick(list) {
      const index = integer(0, list.length - 1);
      if (!(index in list)) throw new RangeError('There is nothing to pick from');
      return list[index] as (typeof list)[number];
    },
    chance: (probability) => next() < probability,
  };
}
