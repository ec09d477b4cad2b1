import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dynamoMutes, type MuteSubject } from '../../alarm/src/mutes/mutes.ts';
import { seoulText } from '../../common/clock.ts';
import { instantOf } from '../../common/contracts/batch.ts';
import { keywordSetsSchema } from '../../common/contracts/keyword-sets.ts';
import { postKeySchema } from '../../common/contracts/records.ts';
import { repository } from '../run/directories.ts';
import { pastExecutions } from '../run/play.ts';
import { latestBatch } from '../run/timeline.ts';
import { UserError } from '../run/user-error.ts';
import { withLaptop } from '../run/with-laptop.ts';
import { minutesIn } from './duration.ts';
import type { GlobalOptions } from './global-options.ts';

/** `npm start -- alerts mute <post|keyword> --for 24h`, counted from the latest batch. Returns 0. @throws UserError for what is neither. */
export function muteAlerts(global: GlobalOptions, what: string, duration: string): Promise<number> {
  const [subject, minutes] = [muteSubject(what, keywordNames()), minutesIn('--for', duration)];
  return withLaptop(global, async ({ laptop }) => {
    const table = laptop.application.tables.find(({ logicalId }) => logicalId === 'AlertStateTable')?.name ?? '';
    const until = instantOf(latestBatch(await pastExecutions(laptop))).add({ minutes });
    await dynamoMutes(table, laptop.dynamo).mute(subject, until.toString({ smallestUnit: 'second' }));
    const of = 'keyword' in subject ? `posts that match only ${what}` : what;
    console.log(`Nothing is told of ${of} until ${seoulText(until)} in Seoul.`);
    return 0;
  });
}

/** `npm start -- alerts test`: a marked message to every destination through the deployed function. Returns the exit status. */
export function testAlerts(global: GlobalOptions): Promise<number> {
  return withLaptop(global, async ({ laptop }) => {
    const batch = latestBatch(await pastExecutions(laptop));
    const before = (await laptop.sink.messages()).length;
    const result = await laptop.runner.invoke(laptop.functionNamed('AlarmFunction').arn, { batch, trial: true });
    for (const { to, message } of (await laptop.sink.messages()).slice(before)) console.log(`${to}: ${message.text ?? ''}`);
    if (!('functionError' in result)) return 0;
    console.error(result.payload.errorMessage);
    return 1;
  });
}

/** A post by `site/board/id`, or a keyword of the keyword sets by its name. @throws UserError naming the keywords that there are. */
export function muteSubject(what: string, keywords: readonly string[]): MuteSubject {
  const [site, board, post_id, ...rest] = what.split('/');
  const post = postKeySchema.safeParse({ site, board, post_id });
  if (post.success && rest.length === 0) return { post: post.data };
  if (keywords.includes(what)) return { keyword: what };
  throw new UserError(`"${what}" is neither a post as site/board/id nor a keyword of config/keyword-sets.json: ${keywords.join(', ')}.`);
}

function keywordNames(): string[] {
  const sets = keywordSetsSchema.parse(JSON.parse(readFileSync(join(repository, 'config/keyword-sets.json'), 'utf8')));
  return [...new Set(Object.values(sets).flatMap(({ keywords }) => keywords.map(({ name }) => name)))];
}
