import * as z from 'zod';
import type { WarehouseQueries } from '../run/warehouse-queries.ts';

const post = { site: z.string(), board: z.string(), post_id: z.string() };
const arrivalRow = z.object({ ...post, created_at: z.string(), seconds: z.number().nullable() });
const readingRow = z.object({
  ...post,
  seconds: z.number(),
  views: z.number().nullable(),
  likes: z.number().nullable(),
  list_rank: z.number().nullable(),
  keyword_count: z.number().nullable(),
  title_length: z.number().nullable(),
  title_question: z.boolean().nullable(),
});
type ArrivalRow = z.infer<typeof arrivalRow>;
type ReadingRow = z.infer<typeof readingRow>;

/** A line of recorded arrivals (transform/training/arrivals.py and columns.py), minutes from the post's creation. */
export interface OwnPost {
  readonly site: string;
  readonly post: string;
  readonly createdAt: string;
  readonly commentMinutes: readonly number[];
  readonly readings: readonly {
    readonly minute: number;
    readonly views: number | null;
    readonly likes: number | null;
    readonly list_rank: number | null;
  }[];
  readonly keyword_count: number | null;
  readonly title_length: number | null;
  readonly title_question: boolean | null;
}

/** The finished posts of the warehouse, as load/sql/queries/own_arrivals.sql says which those are. */
export async function ownPosts(queries: WarehouseQueries): Promise<OwnPost[]> {
  const arrivals = Map.groupBy(await queries('own_arrivals', arrivalRow), keyOf);
  const readings = Map.groupBy(await queries('own_readings', readingRow), keyOf);
  return [...arrivals].map(([key, rows]) => postOf(rows, readings.get(key) ?? []));
}

function postOf(arrivals: readonly ArrivalRow[], readings: readonly ReadingRow[]): OwnPost {
  const { site = '', board = '', post_id = '', created_at = '' } = arrivals[0] ?? {};
  // A title may be changed later on; what its first readers saw counts.
  const first = readings[0];
  return {
    site,
    post: `${board}/${post_id}`,
    createdAt: `${created_at.replace(' ', 'T')}Z`,
    commentMinutes: arrivals.flatMap(({ seconds }) => (seconds === null ? [] : [minutesOf(seconds)])),
    readings: readings.map(({ seconds, views, likes, list_rank }) => ({ minute: minutesOf(seconds), views, likes, list_rank })),
    keyword_count: first?.keyword_count ?? null,
    title_length: first?.title_length ?? null,
    title_question: first?.title_question ?? null,
  };
}

function keyOf({ site, board, post_id }: Pick<ArrivalRow, 'site' | 'board' | 'post_id'>): string {
  return `${site}/${board}/${post_id}`;
}

function minutesOf(seconds: number): number {
  return Math.round((seconds / 60) * 100) / 100;
}
