import { instantOf } from '../../common/contracts/batch.ts';
import type { ReparseResult } from '../../common/contracts/events.ts';
import { UserError } from '../run/user-error.ts';
import { withLaptop } from '../run/with-laptop.ts';
import { givenBatch } from './given-batch.ts';
import type { GlobalOptions } from './global-options.ts';

export interface ReparseOptions {
  readonly batch: string;
  readonly site?: string;
  /** A part to go on at, as an unfinished reparse names it. */
  readonly from?: string;
  readonly keywordSet: string;
}

/** Invokes ReparseFunction and says what it did. Returns the exit status. */
export async function reparse(global: GlobalOptions, options: ReparseOptions): Promise<number> {
  const batch = givenBatch(options.batch);
  const { site, from, keywordSet } = options;
  return withLaptop(global, async ({ laptop }) => {
    laptop.setTime(instantOf(batch));
    const event = { batch, keywordSetName: keywordSet, ...(site === undefined ? {} : { site }), ...(from === undefined ? {} : { from }) };
    const result = await laptop.runner.invoke(laptop.functionNamed('ReparseFunction').arn, event);
    if ('functionError' in result) throw new UserError(`${result.payload.errorType}: ${result.payload.errorMessage}`);
    const { parts, posts, comments, failed, missingPages } = result.payload as ReparseResult;
    console.log(
      `${batch}: ${parts} parts, ${posts} posts and ${comments} comments read from kept pages; ${failed} pages could not be parsed, ${missingPages} were not kept.`,
    );
    console.log(`Into the warehouse with: npm start -- rerun --batch ${batch} --from transform`);
    return 0;
  });
}
