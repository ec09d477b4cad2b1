import { countBy, crossing, type ArrivalCurve, type Arrivals } from './arrivals.ts';

/** Comments within 72 hours that make a post hot, by the recording (97th percentile; data/comment-arrivals/README.md). */
export const HOT_COMMENTS = { bobaedream: 48, clien: 88 } as const;

type Pool = readonly ArrivalCurve[];

/** Recorded curves sorted by what they can play. Minutes count from a post's creation. */
export interface CurvePools {
  readonly bobaedream: { critical: Pool; early: Pool; thread100: Pool; thread200: Pool; middling: Pool; cold: Pool };
  readonly clien: { critical: Pool; slow: Pool; early: Pool; cold: Pool };
}

/** @throws Error when a pool stays empty: the recording is not the one that the community was made for. */
export function curvePools(arrivals: Arrivals): CurvePools {
  const cafe = arrivals.naver_cafe;
  const { bobaedream: cafeK, clien: clienK } = HOT_COMMENTS;
  return {
    bobaedream: {
      critical: pool('bobaedream critical', cafe, (curve) => crossing(curve, cafeK) <= 140),
      early: pool('bobaedream early', cafe, (curve) => countBy(curve, 60) >= 25 && crossing(curve, cafeK) > 240),
      thread100: pool('bobaedream 100 comments', cafe, (curve) => within(crossing(curve, 100), 300, 380)),
      thread200: pool('bobaedream 200 comments', cafe, (curve) => within(crossing(curve, 201), 2150, 2240)),
      middling: pool('bobaedream middling', cafe, (curve) => within(countBy(curve, 120), 10, 24) && crossing(curve, cafeK) === Infinity),
      cold: pool('bobaedream cold', cafe, (curve) => curve.minutes.length < cafeK && countBy(curve, 60) < 15),
    },
    clien: {
      critical: pool('clien critical', arrivals.clien, (curve) => crossing(curve, clienK) <= 150),
      slow: pool('clien slow', arrivals.clien, (curve) => within(crossing(curve, clienK), 445, 600)),
      early: pool('clien early', arrivals.clien, (curve) => countBy(curve, 60) >= 30 && crossing(curve, clienK) > 240),
      cold: pool('clien cold', arrivals.clien, (curve) => curve.minutes.length < 40 && countBy(curve, 60) < 20),
    },
  };
}

function within(minute: number, from: number, to: number): boolean {
  return minute >= from && minute <= to;
}

function pool(name: string, curves: Pool, fits: (curve: ArrivalCurve) => boolean): Pool {
  const chosen = curves.filter(fits);
  if (chosen.length === 0) throw new Error(`The recorded comment arrivals hold no curve for "${name}"; use data/comment-arrivals`);
  return chosen;
}
