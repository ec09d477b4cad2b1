import { instantOf } from '../../../common/contracts/batch.ts';
import type { PostList } from './post-lists.ts';
import type { SearchRun } from './search-run.ts';

/** How a run follows a list that earlier runs have followed. */
export interface Following {
  /** The run before did not come to where it wanted to: beneath posts that are known there may be some that nobody has seen. */
  readonly leftGap: boolean;
  /** Says that this run came to where it wanted to. */
  done(): Promise<void>;
}

/**
 * Notes that a list is begun, before its first page: whatever then stops the run, a kill included, the next one knows of it. A search
 * has notes of its own for each function that takes it, so that those of one batch do not take each other for interrupted.
 */
export async function beginFollowing(list: PostList, { deps: { posts }, event, site }: SearchRun): Promise<Following> {
  const id = `live#${site.name}#${event.part}#${list.id}`;
  const [begun, done] = await Promise.all([posts.cursor(`${id}#begun`), posts.cursor(`${id}#done`)]);
  const batch = Math.floor(instantOf(event.batch).epochMilliseconds / 1000);
  const note = (name: string) => (event.dryRun ? Promise.resolve() : posts.setCursor(`${id}#${name}`, batch));
  await note('begun');
  return { leftGap: begun !== null && begun > (done ?? 0), done: () => note('done') };
}
