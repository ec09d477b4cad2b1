import * as z from 'zod';
import { batchSchema } from './batch.ts';
import { postKeySchema, siteNameSchema } from './records.ts';

/** A part's name: site and number, `bobaedream-0001`; of a part that a collector brought, site and `c` with eight hex digits. */
export const partNameSchema = z.string().regex(/^[a-z][a-z0-9_]{1,31}-(\d{4}|c[0-9a-f]{8})$/, 'must be a part name like bobaedream-0001');

/** Whether a collector brought a part, as its name tells. */
export function isCollectedPart(part: string): boolean {
  return /-c[0-9a-f]{8}$/.test(part);
}

/** plan/<batch>/<part>.json: the posts one Extract invocation reads. `list_rank`: place on the board's list, 1 = top; null when not listed. */
export const partSchema = z.strictObject({
  batch: batchSchema,
  site: siteNameSchema,
  part: partNameSchema,
  posts: z
    .array(z.strictObject({ ...postKeySchema.shape, url: z.url(), list_rank: z.number().int().positive().nullable().default(null) }))
    .min(1),
});
export type Part = z.infer<typeof partSchema>;

export const partKeySchema = z.strictObject({ site: siteNameSchema, part: partNameSchema });
export type PartKey = z.infer<typeof partKeySchema>;
