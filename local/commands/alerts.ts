import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { postKeySchema, type PostKey } from '../../common/contracts/records.ts';
import { fill, statementsOf } from '../../common/sql-text.ts';
import type { TransactionalWarehouse } from '../../common/warehouse.ts';
import { repository } from '../run/directories.ts';
import { UserError } from '../run/user-error.ts';
import { laptopWarehouse, warehouseQueries } from '../run/warehouse-queries.ts';
import { withLaptop } from '../run/with-laptop.ts';
import type { GlobalOptions } from './global-options.ts';
import { alertQuality, outcomeRow, qualityLines } from './own-alerts.ts';

export type Verdict = 'useful' | 'noise';

const sentRow = z.object({ ...postKeySchema.shape, url: z.string().nullable(), title: z.string().nullable() });
type SentPost = z.infer<typeof sentRow>;

/** `npm start -- evaluate --own`: how good the alerts were that were sent from here. Returns 0. */
export function evaluateOwn(global: GlobalOptions): Promise<number> {
  return withLaptop(global, async ({ laptop }) => {
    const outcomes = await warehouseQueries(laptop)('alert_outcomes', outcomeRow);
    for (const line of qualityLines(alertQuality(outcomes))) console.log(line);
    return 0;
  });
}

/** `npm start -- alerts mark <post> useful|noise`. Returns 0. @throws UserError for a post that was never alerted. */
export function markAlert(global: GlobalOptions, post: string, verdict: Verdict): Promise<number> {
  return withLaptop(global, async ({ laptop }) => {
    const sent = await warehouseQueries(laptop)('alerted_posts', sentRow);
    const found = postNamed(post, sent);
    await storeMark(laptopWarehouse(laptop), found, verdict, Temporal.Now.instant());
    console.log(`Marked ${verdict}: ${found.site}/${found.board}/${found.post_id} ${found.title ?? ''}`);
    return 0;
  });
}

/** The alerted post that a person means, by its key `site/board/id` or its link. @throws UserError naming a few that there are. */
export function postNamed(text: string, sent: readonly SentPost[]): SentPost {
  const found = sent.find((post) => text === nameOf(post) || text === post.url);
  if (found) return found;
  const some = sent.slice(0, 3).map(nameOf).join(', ');
  throw new UserError(
    `"${text}" is no post that was alerted; give its link, or site/board/id${some ? ` as ${some}` : '. None was alerted yet'}.`,
  );
}

/** Replaces what was said of the post before, in one transaction. */
export async function storeMark(warehouse: TransactionalWarehouse, key: PostKey, verdict: Verdict, at: Temporal.Instant): Promise<void> {
  const constants = {
    site: key.site,
    board: inLiteral(key.board),
    postId: inLiteral(key.post_id),
    verdict,
    markedAt: at.toString({ smallestUnit: 'second' }).replace('T', ' ').replace('Z', ''),
  };
  const files = ['clear_mark', 'mark_alert'].map((name) =>
    readFileSync(join(repository, 'load', 'sql', 'feedback', `${name}.sql`), 'utf8'),
  );
  await warehouse.transact(files.flatMap(statementsOf).map((statement) => fill(statement, constants)));
}

function nameOf({ site, board, post_id: postId }: PostKey): string {
  return `${site}/${board}/${postId}`;
}

/** Boards and ids come from pages: a quote in one must not end the literal. */
function inLiteral(text: string): string {
  return text.replaceAll("'", "''");
}
