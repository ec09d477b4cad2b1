import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { levelConstants } from '../../alarm/src/levels/level-constants.ts';
import type { Batch } from '../../common/contracts/batch.ts';
import { postKeySchema } from '../../common/contracts/records.ts';
import { fill, statementsOf } from '../../common/sql-text.ts';
import type { Warehouse } from '../../common/warehouse.ts';
import { repository } from '../run/directories.ts';

const candidateRow = z.object({
  ...postKeySchema.shape,
  title: z.string().nullable(),
  url: z.string().nullable(),
  /** UTC, as the warehouse writes times. */
  created_at: z.string(),
  collected_at: z.string(),
  comments_seen: z.coerce.number(),
  level: z.enum(['hot', 'critical']),
});
/** A post that one batch would alarm, if it had not been told of. */
export type Candidate = z.infer<typeof candidateRow>;

/** The posts that a batch would alarm with this limit, most urgent first; only reads. @throws WarehouseError */
export async function candidatesOf(
  warehouse: Pick<Warehouse, 'read'>,
  { batch, modelVersion }: { readonly batch: Batch; readonly modelVersion: unknown },
  maxAlertsPerDay: number,
): Promise<Candidate[]> {
  const [statement = ''] = statementsIn('preview/candidates.sql');
  const query = fill(statement, {
    batch,
    watchedPosts: queryOf(statementsIn('levels/watch_posts.sql').at(-1)),
    cuts: queryOf(statementsIn('levels/set_cuts.sql').at(-1)),
  });
  return z.array(candidateRow).parse(await warehouse.read(fill(query, levelConstants(batch, modelVersion, maxAlertsPerDay))));
}

/** What a `create … as select` or `insert … select` selects. */
function queryOf(statement = ''): string {
  return statement.slice(/^select\b/m.exec(statement)?.index ?? statement.length);
}

function statementsIn(file: string): string[] {
  return statementsOf(readFileSync(join(repository, 'alarm', 'sql', file), 'utf8'));
}
