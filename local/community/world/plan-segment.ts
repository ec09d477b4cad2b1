import type { ArrivalCurve } from './arrivals.ts';
import type { CurvePools } from './curve-pools.ts';
import { randomFor, type Random } from './random.ts';
import type { CommunitySite, Role, Subject } from './world-post.ts';

/** Time is cut into segments of 8 batches, 30 minutes apart. Segment 0 starts at the epoch. */
export const SEGMENT_MINUTES = 240;

/** Segments before this one are empty. From here on a 200-comment thread begins in each, and passes 200 nine segments later. */
export const OLDEST_SEGMENT = -9;

/** A post to be: what it plays, where, when (minutes into its segment) and how long it stays. */
export interface Slot {
  readonly site: CommunitySite;
  readonly role: Role;
  readonly board: string;
  readonly subject: Subject;
  readonly minute: number;
  readonly curve: ArrivalCurve;
  /** Minutes from creation to the page's being gone. */
  readonly goneAfter?: number;
}

/** The posts that a segment brings to bobaedream and clien, in order of creation. Segments before 0 are quiet: they only give the first batch something to find. */
export function planSegment(seed: string, segment: number, pools: CurvePools): Slot[] {
  if (segment < OLDEST_SEGMENT) return [];
  const random = randomFor(seed, 'segment', segment);
  return [...planBobaedream(segment, pools.bobaedream, random), ...planClien(segment, pools.clien, random)].sort(
    (left, right) => left.minute - right.minute,
  );
}

function planBobaedream(segment: number, pools: CurvePools['bobaedream'], random: Random): Slot[] {
  const slot = slotMaker('bobaedream', random);
  const alternating = segment % 2 === 0 ? 'keyword' : 'car';
  const thread200 = slot('thread-200', 'freeb', Math.abs(segment) % 4 === 2 ? 'keyword' : 'chatter', [5, 75], pools.thread200);
  const thread100 = slot('thread-100', 'national', alternating, [5, 74], pools.thread100);
  if (segment < -3) return [thread200];
  if (segment < -1) return [thread200, ...coldBobaedream(2, pools, random)];
  if (segment < 0) {
    return [thread200, thread100, slot('hot-off-topic', 'national', 'car', [90, 200], pools.early), ...coldBobaedream(4, pools, random)];
  }
  return [
    thread200,
    thread100,
    slot('critical', 'national', 'keyword', [3, 55], pools.critical),
    slot('early-hot', random.pick(['national', 'freeb']), 'keyword', [20, 140], pools.early),
    slot('hot-off-topic', 'national', 'trap', [10, 150], pools.early),
    slot('hot-off-topic', 'freeb', 'chatter', [10, 150], pools.critical),
    slot('hot-off-topic', 'politic', 'politics', [10, 150], pools.early),
    slot('search-only', 'politic', 'keyword', [30, 200], pools.middling),
    { ...slot('deleted', 'national', 'keyword', [10, 100], pools.cold), goneAfter: 0 },
    { ...slot('blinded', 'freeb', 'keyword', [5, 110], pools.middling), goneAfter: random.integer(45, 80) },
    ...coldBobaedream(random.integer(11, 14), pools, random),
  ];
}

function planClien(segment: number, pools: CurvePools['clien'], random: Random): Slot[] {
  const slot = slotMaker('clien', random);
  const slow = slot('slow-critical', 'cm_car', 'keyword', [40, 84], pools.slow);
  if (segment < -3) return [];
  if (segment < 0) return [...(segment < -2 ? [] : [slow]), ...coldClien(2, pools, random)];
  return [
    slow,
    slot('early-hot', 'cm_car', 'keyword', [5, 120], pools.early),
    slot('hot-off-topic', 'cm_car', random.pick(['trap', 'car']), [10, 150], pools.early),
    slot('hot-off-topic', 'park', 'chatter', [10, 150], pools.early),
    { ...slot('deleted', 'cm_car', 'keyword', [10, 100], pools.cold), goneAfter: 0 },
    // The recording holds one clien post that gets there in an afternoon: every third segment plays it.
    ...(segment % 3 === 0 ? [slot('critical', 'cm_car', 'keyword', [5, 55], pools.critical)] : []),
    ...coldClien(random.integer(5, 7), pools, random),
  ];
}

function coldBobaedream(count: number, pools: CurvePools['bobaedream'], random: Random): Slot[] {
  const slot = slotMaker('bobaedream', random);
  return spread(count, random).map((minute) => {
    const board = random.pick(['national', 'national', 'national', 'freeb', 'freeb', 'politic']);
    return slot('cold', board, random.pick(COLD_SUBJECTS[board] ?? ['chatter']), [minute, minute], pools.cold);
  });
}

function coldClien(count: number, pools: CurvePools['clien'], random: Random): Slot[] {
  const slot = slotMaker('clien', random);
  return spread(count, random).map((minute) => {
    const board = random.pick(['cm_car', 'cm_car', 'park']);
    return slot('cold', board, random.pick(COLD_SUBJECTS[board] ?? ['chatter']), [minute, minute], pools.cold);
  });
}

const COLD_SUBJECTS: Readonly<Record<string, readonly Subject[]>> = {
  national: ['keyword', 'car', 'car', 'trap'],
  freeb: ['chatter', 'chatter', 'car', 'keyword'],
  politic: ['politics'],
  cm_car: ['keyword', 'car', 'car', 'trap'],
  park: ['chatter', 'politics'],
};

export function slotMaker(site: CommunitySite, random: Random) {
  return (role: Role, board: string, subject: Subject, minutes: readonly [number, number], pool: readonly ArrivalCurve[]): Slot => ({
    site,
    role,
    board,
    subject,
    minute: random.integer(...minutes),
    curve: random.pick(pool),
  });
}

/** Minutes spread over the whole segment, one in each equal share of it. */
export function spread(count: number, random: Random): number[] {
  return Array.from({ length: count }, (_, index) => Math.floor(((index + random.next()) * SEGMENT_MINUTES) / count));
}
