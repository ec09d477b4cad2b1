import { Temporal } from 'temporal-polyfill';
import { batchOf, instantOf } from '../../common/contracts/batch.ts';
import { keywordSetsSchema } from '../../common/contracts/keyword-sets.ts';
import { assetKeys } from '../../common/object-keys.ts';
import { objectStore } from '../../common/object-store.ts';
import keywordSets from '../../config/keyword-sets.json' with { type: 'json' };
import type { Laptop } from '../run/laptop.ts';
import { startAndWait } from '../run/play.ts';
import { showRun } from '../run/show-run.ts';
import { UserError } from '../run/user-error.ts';
import { withLaptop } from '../run/with-laptop.ts';
import { expectServer, placeOf } from './crawl-place.ts';
import type { GlobalOptions } from './global-options.ts';
import { siteNamed } from './site-named.ts';

export interface LiveOptions {
  readonly site?: string;
  readonly board?: string;
  readonly pages: number;
  readonly contact?: string;
  readonly baseUrl?: string;
}

const SET = 'live';

/**
 * `npm start -- --live`: one batch of the whole pipeline on a real board, from this machine, at the site's own pace. What earlier live runs
 * stored is continued. Returns the exit status. @throws UserError for what is missing; nothing is asked then.
 */
export async function runLive(global: GlobalOptions, { site, board, pages, contact, baseUrl }: LiveOptions): Promise<number> {
  if (site === undefined || board === undefined)
    throw new UserError('--live reads one board: name it with --site and --board, as --site bobaedream --board national.');
  const definition = siteNamed(site);
  const place = placeOf(definition, { ...(contact === undefined ? {} : { contact }), ...(baseUrl === undefined ? {} : { baseUrl }) });
  if (contact === undefined)
    throw new UserError('--live asks under your name: say how the site can reach you with --contact <url or mail>.');
  await expectServer(place);
  const live = { site, baseUrl: place.baseUrl, isLocal: place.isLocal, contact, pages };
  const before = () => console.log(`Reading ${site}/${board} at ${place.baseUrl}, ${pages} page(s) of its list, at the site's own pace`);
  return withLaptop({ ...global, live, before }, async ({ laptop, directories }) => {
    await watch(laptop, `${site}/${board}`);
    const batch = batchOf(Temporal.Now.instant());
    const played = await startAndWait(laptop, instantOf(batch), { batch, keywordSetName: SET });
    return showRun(laptop, directories, [played], 'What it stored is kept; the same command tries again as a new batch.');
  });
}

/** Puts the set of this run beside the others: the default keywords, this board alone, no search of the site. */
async function watch(laptop: Laptop, board: string): Promise<void> {
  const assets = laptop.application.buckets.find(({ logicalId }) => logicalId === 'AssetsBucket')?.name ?? '';
  const sets = keywordSetsSchema.parse({ ...keywordSets, [SET]: { ...keywordSets.default, boards: [board], search: false } });
  await objectStore(assets, laptop.s3).write(assetKeys.keywordSets, JSON.stringify(sets));
}
