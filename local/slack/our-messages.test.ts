import { alertMessage } from '../../alarm/src/alarm/alert-message.ts';
import { alertOf } from '../../alarm/src/alarm/alarm-fixture.ts';
import { failureMessage } from '../../alarm/src/notify-failure/failure-message.ts';
import { judgeMessage } from './block-kit-rules.ts';

const run = { batch: '20261120T053000Z', executionName: '20261120T053000Z' };

it.each([
  ['an ordinary warning', alertMessage(alertOf(), false)],
  ['a repeated one without reasons', alertMessage(alertOf({ level: 'critical', reasons: [], title: '', url: '' }), true)],
  [
    'one with hostile and oversized text',
    alertMessage(
      alertOf({
        title: '<!channel>&'.repeat(300),
        board: '<@U0123ABC>',
        keywords: Array.from({ length: 40 }, () => '<!here>'.repeat(5)),
        reasons: Array.from({ length: 50 }, () => '&<!everyone>'.repeat(90)),
        url: `https://example.com/<!here>?${'&a'.repeat(350)}`,
      }),
      true,
    ),
  ],
  ['a failure', failureMessage(run, { state: 'Plan', error: 'MissingObjectError', cause: 'plan is gone' }, false)],
  ['a failure without a cause', failureMessage(run, { state: 'unknown', error: 'unknown', cause: '' }, false)],
  [
    'a failure with a hostile cause',
    failureMessage(run, { state: '<!here>', error: '&'.repeat(200), cause: '<!channel>```&'.repeat(80) }, true),
  ],
])('Slack would take %s', (_what, message) => {
  expect(judgeMessage(JSON.stringify(message))).toMatchObject({ kind: 'accepted' });
});
