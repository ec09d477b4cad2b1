import type { NotifyFailureEvent } from '../../../common/contracts/events.ts';
import { answer, fakeChannels } from '../channels/fake-channels.ts';
import { startAtFor } from './failure-message.ts';
import { notifyFailure } from './notify-failure.ts';
import { notifyFixture } from './notify-fixture.ts';

const event: NotifyFailureEvent = {
  batch: '20261120T053000Z',
  executionName: '20261120T053000Z-r1',
  keywordSetName: 'default',
  backfill: null,
  dryRun: false,
  errors: {
    Plan: {
      Error: 'MissingObjectError',
      Cause: JSON.stringify({ errorMessage: 'plan <index> is gone; ```run``` https://hooks.slack.com/services/T0/B0/x' }),
    },
  },
};

function fixture() {
  const world = notifyFixture();
  const notify = (changes: Partial<NotifyFailureEvent> = {}) => notifyFailure({ ...event, ...changes }, world.deps, world.invocation);
  return { ...world, notify };
}

it('says which state failed, why, and how to run it again; answers the same', async () => {
  const { notify, received, folded } = fixture();

  const result = await notify();

  expect(result).toEqual({ state: 'Plan', error: 'MissingObjectError', cause: 'plan <index> is gone; ```run``` (webhook)' });
  expect(folded).toEqual([{ status: 'FAILED', failure: result, quiet: false }]);
  expect(received).toHaveLength(1);
  const text = JSON.stringify(received[0]);
  expect(text).toContain('[실패] 실행이 끝나지 못했습니다: Plan – MissingObjectError, batch 20261120T053000Z');
  expect(text).toContain("```plan &lt;index&gt; is gone; '''run''' (webhook)```");
  expect(text).toContain('`{\\"batch\\":\\"20261120T053000Z\\",\\"startAt\\":\\"extract\\"}`');
  expect(text).toContain('2026-11-20 14:30 (서울)');
});

it('keeps in the event for a rerun what made the run no ordinary one, and the batch of a backfill quiet', async () => {
  const { notify, received, folded } = fixture();
  const backfill = { from: '2026-11-01', to: '2026-11-03', sites: ['clien'] };

  await notify({ keywordSetName: 'ev', backfill, dryRun: true });

  const text = JSON.stringify(received[0]).replaceAll('\\"', '"');
  expect(text).toContain(`\`${JSON.stringify({ batch: event.batch, startAt: 'extract', keywordSetName: 'ev', backfill, dryRun: true })}\``);
  expect(text).toContain('`npm start -- backfill --from 2026-11-01 --to 2026-11-03`');
  expect(folded).toMatchObject([{ quiet: true }]);
});

it('says it once an execution, and again for a rerun', async () => {
  const { notify, received } = fixture();
  const first = await notify();

  expect(await notify()).toEqual(first);
  expect(received).toHaveLength(1);
  await notify({ executionName: '20261120T053000Z-r2' });
  expect(received).toHaveLength(2);
});

it('folds the manifests and fails when Slack refuses', async () => {
  const { notify, planted, folded } = fixture();
  planted.push(answer(410, 'channel_is_archived'));

  await expect(notify()).rejects.toMatchObject({ name: 'MessageRefusedError' });
  expect(folded).toHaveLength(1);
});

it('is not listed for the alarm to send', async () => {
  const { notify, planted, deps } = fixture();
  planted.push(answer(410, 'channel_is_archived'));
  await expect(notify()).rejects.toThrow('channel_is_archived');

  expect(await deps.ledger.unfinished()).toEqual([]);
});

it.each([
  ['EnsureCluster', 'extract'],
  ['SearchAll', 'extract'],
  ['Plan', 'extract'],
  ['ExtractAll', 'extract'],
  ['SettleSearch', 'extract'],
  ['SettleExtract', 'extract'],
  ['Transform', 'transform'],
  ['PrepareLoad', 'load'],
  ['SubmitLoad', 'load'],
  ['Load', 'load'],
  ['Alarm', 'alarm'],
])('runs again from the stage of %s: %s', (state, startAt) => {
  expect(startAtFor({ state, cause: '' })).toBe(startAt);
});

it('says it even when neither manifests nor ledger can be written, as on a full disk', async () => {
  const { deps, invocation, slack } = { ...fixture(), slack: fakeChannels() };
  const full = () => Promise.reject(new Error('no space left'));
  const broken = { ...deps, ...slack.deps, ledger: { ...deps.ledger, claim: full }, runRecord: { ...deps.runRecord, fold: full } };

  const result = await notifyFailure(event, broken, invocation);

  expect(result.state).toBe('Plan');
  expect(slack.received).toHaveLength(1);
});

it('runs again from transform when a quality gate of the load says so', () => {
  const cause = 'quality gate: 0 scores were copied for 3 posts; run the batch again from transform';

  expect(startAtFor({ state: 'Load', cause })).toBe('transform');
});
