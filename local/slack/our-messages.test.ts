import { alertMessage } from '../../alarm/src/alarm/alert-message.ts';
import { alertOf } from '../../alarm/src/alarm/alarm-fixture.ts';
import { digestMessage, MOST_IN_DIGEST } from '../../alarm/src/alarm/digest-message.ts';
import { trialMessage } from '../../alarm/src/alarm/trial-message.ts';
import { layoutMessage } from '../../alarm/src/drift/layout-message.ts';
import { stabilityMessage } from '../../alarm/src/drift/stability-message.ts';
import { failureMessage } from '../../alarm/src/notify-failure/failure-message.ts';
import { judgeMessage } from './block-kit-rules.ts';

const batch = '20261120T053000Z';
const run = { batch, executionName: batch, keywordSetName: 'default', backfill: null, dryRun: false };
const drift = { site: 'clien', posts: 4, changedPosts: 6, lists: 3, changedLists: 1, examples: [], state: 'drifting' as const };

it.each([
  ['an ordinary warning', alertMessage(alertOf(), false, 'ko')],
  ['a repeated one without reasons', alertMessage(alertOf({ level: 'critical', reasons: [], title: '', url: '' }), true, 'en')],
  [
    'one with hostile and oversized text',
    alertMessage(
      alertOf({
        title: '<!channel>&'.repeat(300),
        board: '<@U0123ABC>',
        keywords: Array.from({ length: 40 }, () => '<!here>'.repeat(5)),
        reasons: Array.from({ length: 50 }, () => '&<!everyone>'.repeat(90)),
        body: '<!channel>&'.repeat(40),
        url: `https://example.com/<!here>?${'&a'.repeat(350)}`,
      }),
      true,
      'ko',
    ),
  ],
  [
    'a digest of twenty hostile posts',
    digestMessage(
      Array.from({ length: MOST_IN_DIGEST }, () => ({
        alert: alertOf({ title: '<!channel>&'.repeat(300), board: '<@U0123ABC>' }),
        mayRepeat: true,
      })),
      'en',
    ),
  ],
  ['a message on trial', trialMessage('ko')],
  ['a failure', failureMessage(run, { state: 'Plan', error: 'MissingObjectError', cause: 'plan is gone' }, false)],
  [
    'a failed backfill',
    failureMessage({ ...run, backfill: { from: '2026-11-01', to: '2026-11-03' } }, { state: 'Plan', error: 'E', cause: '' }, false),
  ],
  ['a changed layout', layoutMessage(drift, batch, false)],
  [
    'readings that changed',
    stabilityMessage('clien', [{ site: 'clien', measure: 'score', batches: 3, lowest: 0.3, latest: 0.4 }], batch, true),
  ],
  ['a changed layout in hostile words', layoutMessage({ ...drift, site: '<!here>', examples: ['<!channel>&'.repeat(90)] }, batch, true)],
  ['a failure without a cause', failureMessage(run, { state: 'unknown', error: 'unknown', cause: '' }, false)],
  [
    'a failure with a hostile cause',
    failureMessage(run, { state: '<!here>', error: '&'.repeat(200), cause: '<!channel>```&'.repeat(80) }, true),
  ],
])('Slack would take %s', (_what, message) => {
  expect(judgeMessage(JSON.stringify(message))).toMatchObject({ kind: 'accepted' });
});
