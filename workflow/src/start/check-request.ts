import { Temporal } from 'temporal-polyfill';
import type { StartEvent } from '../../../common/contracts/events.ts';
import { InvalidEventError } from '../../../common/errors.ts';

/**
 * A month at a time. A post that a backfill has found waits in the crawl state for 14 days at most, and a busy site's month (60,000 posts,
 * each second slot of one request a second) is read in half of that.
 */
const MOST_DAYS = 31;

/**
 * What a schema cannot see in a request for a backfill, a rerun or a dry run. `today` is the day in Seoul.
 * @throws InvalidEventError with the value and the remedy.
 */
export function checkRequest({ backfill, batch, startAt, dryRun }: StartEvent, today: Temporal.PlainDate): void {
  if (dryRun && startAt !== 'extract')
    throw new InvalidEventError(`dryRun only searches, so it cannot start at "${startAt}"; leave startAt or dryRun out`);
  if (backfill === undefined) return;

  if (batch === undefined && startAt !== 'extract')
    throw new InvalidEventError(
      `A new backfill has nothing to start at "${startAt}" with; give the batch of the one that is to be run again`,
    );
  if (Temporal.PlainDate.compare(Temporal.PlainDate.from(backfill.to), today) > 0)
    throw new InvalidEventError(`Backfill to ${backfill.to} reaches into the future; give ${today.toString()} (today in Seoul) or earlier`);
  const days = Temporal.PlainDate.from(backfill.from).until(backfill.to).days + 1;
  if (days > MOST_DAYS)
    throw new InvalidEventError(
      `Backfill from ${backfill.from} to ${backfill.to} is ${days} days, at most ${MOST_DAYS} are read in one; give a month at a time`,
    );
}
