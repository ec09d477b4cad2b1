import type { CurvePools } from './curve-pools.ts';
import { slotMaker, spread, type Slot } from './plan-segment.ts';
import { randomFor } from './random.ts';
import type { CommunitySite, Subject } from './world-post.ts';

/** Segments before this one are empty. */
const OLDEST = -2;

interface SitePlan {
  readonly site: CommunitySite;
  readonly board: string;
  readonly coldSubjects: readonly Subject[];
}

/** Four to six posts a segment: a fast one, one that gets more than 100 comments, one that is deleted, ordinary ones. */
function planFurtherSite({ site, board, coldSubjects }: SitePlan, seed: string, segment: number, pools: CurvePools): Slot[] {
  // The recording holds neither site: both play naver_cafe's posts, as bobaedream does.
  const { thread100, early, cold } = pools.bobaedream;
  if (segment < OLDEST) return [];
  const random = randomFor(seed, site, 'segment', segment);
  const slot = slotMaker(site, random);
  const ordinary = spread(segment < 0 ? 2 : random.integer(1, 3), random).map((minute) => {
    return slot('cold', board, random.pick(coldSubjects), [minute, minute], cold);
  });
  const long = slot('thread-100', board, random.pick(['car', 'chatter']), [5, 74], thread100);
  const slots =
    segment < 0
      ? [long, ...ordinary]
      : [
          long,
          slot('early-hot', board, 'keyword', [5, 120], early),
          { ...slot('deleted', board, 'keyword', [10, 100], cold), goneAfter: 0 },
          ...ordinary,
        ];
  return slots.sort((left, right) => left.minute - right.minute);
}

/** The posts that a segment brings to fmkorea, in order of creation. Segments before -2 are empty. */
export function planFmkorea(seed: string, segment: number, pools: CurvePools): Slot[] {
  const coldSubjects = ['chatter', 'chatter', 'car', 'keyword'] as const;
  return planFurtherSite({ site: 'fmkorea', board: 'best', coldSubjects }, seed, segment, pools);
}

/** The posts that a segment brings to dcinside, in order of creation. Segments before -2 are empty. */
export function planDcinside(seed: string, segment: number, pools: CurvePools): Slot[] {
  const coldSubjects = ['car', 'car', 'trap', 'keyword'] as const;
  return planFurtherSite({ site: 'dcinside', board: 'car_new1', coldSubjects }, seed, segment, pools);
}
