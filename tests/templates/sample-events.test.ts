import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import { instantOf } from '../../common/contracts/batch.ts';
import * as contracts from '../../common/contracts/events.ts';
import { customResourceEventSchema } from '../../common/custom-resource.ts';
import { grantPropertiesSchema } from '../../load/src/grant/grant.ts';
import { testWorld } from '../../local/community/test-community.ts';
import { REPOSITORY, repositoryText } from './repository-templates.ts';

/** What each file is parsed by in the code that gets it. */
const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  'events/alarm.json': contracts.alarmEventSchema,
  'events/alarm-rang.json': contracts.failureNewsSchema,
  'events/alarm-trial.json': contracts.alarmEventSchema,
  'events/assets.json': customResourceEventSchema,
  'events/cancel-step.json': contracts.cancelStepEventSchema,
  'events/ensure-cluster.json': contracts.ensureClusterEventSchema,
  'events/extract.json': contracts.extractEventSchema,
  'events/grant.json': customResourceEventSchema.refine((event) => grantPropertiesSchema.safeParse(event.ResourceProperties).success),
  'events/migrate.json': customResourceEventSchema,
  'events/notify-failure.json': contracts.failureNewsSchema,
  'events/plan.json': contracts.planEventSchema,
  'events/prepare-load.json': contracts.prepareLoadEventSchema,
  'events/remove-bucket.json': customResourceEventSchema,
  'events/remove-cluster.json': customResourceEventSchema,
  'events/reparse.json': contracts.reparseEventSchema,
  'events/run-ended.json': contracts.failureNewsSchema,
  'events/search.json': contracts.searchEventSchema,
  'events/settle.json': contracts.settleEventSchema,
  'events/start.json': contracts.startEventSchema,
  'events/start-async.json': contracts.startEventSchema,
  'events/start-backfill.json': contracts.startEventSchema,
  'events/start-backfill-dry-run.json': contracts.startEventSchema,
  'events/start-dev.json': contracts.startEventSchema,
  'events/start-rerun-from-load.json': contracts.startEventSchema,
  'events/start-scheduled.json': contracts.startEventSchema,
  'extract/events/event.json': contracts.extractEventSchema,
};
/** Values for `sam local invoke --env-vars`, no event: tests/deploy/local-env.test.ts. */
const NO_EVENT = ['events/local-env.json'];

it('every file of a folder of events has its schema here, and every schema its file', () => {
  const files = ['events', 'extract/events'].flatMap((folder) => readdirSync(join(REPOSITORY, folder)).map((name) => `${folder}/${name}`));

  expect(files.filter((file) => !NO_EVENT.includes(file)).sort()).toEqual(Object.keys(SCHEMAS).sort());
});

it.each(Object.entries(SCHEMAS))('%s keeps its contract', (file, schema) => {
  expect(schema.safeParse(JSON.parse(repositoryText(file)))).toMatchObject({ success: true });
});

it('extract/events/event.json names posts that the simulated community shows at the time of its batch', () => {
  const { batch, site, posts = [] } = contracts.extractEventSchema.parse(JSON.parse(repositoryText('extract/events/event.json')));
  const there = testWorld()
    .postsAt(instantOf(batch))
    .filter((post) => post.site === site && post.state === 'there')
    .map(({ board, postId }) => `${board} ${postId}`);

  expect(posts).toHaveLength(2);
  expect(there).toEqual(expect.arrayContaining(posts.map((post) => `${post.board} ${post.post_id}`)));
});
