import * as z from 'zod';
import file from './assumptions.json' with { type: 'json' };

export type AssumptionName = keyof typeof file;

const fileSchema = z.record(z.string(), z.strictObject({ value: z.number().nonnegative(), why: z.string().min(1) }));

/** What no template says, each with its reason: assumptions.json. */
export const assumptions = fileSchema.parse(file) as Readonly<Record<AssumptionName, { readonly value: number; readonly why: string }>>;

/** Its value; the name tells the unit. */
export function assumed(name: AssumptionName): number {
  return assumptions[name].value;
}

/** The values of `<prefix><key>` by key. */
export function assumedBy(prefix: string): Readonly<Record<string, number>> {
  const found = Object.entries(assumptions).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(found.map(([name, { value }]) => [name.slice(prefix.length), value]));
}
