import { alertMessage } from '../../alarm/src/alarm/alert-message.ts';
import { alertOf } from '../../alarm/src/alarm/alarm-fixture.ts';
import { LANGUAGES, type Language } from '../../alarm/src/alarm/alert-words.ts';
import { digestMessage, MOST_IN_DIGEST } from '../../alarm/src/alarm/digest-message.ts';
import { trialMessage } from '../../alarm/src/alarm/trial-message.ts';
import { emptyCondition } from '../../alarm/src/conditions/empty-condition.ts';
import { layoutNotice } from '../../alarm/src/conditions/layout-notice.ts';
import { noticeMessage } from '../../alarm/src/conditions/notice.ts';
import { overlapCondition } from '../../alarm/src/conditions/overlap-condition.ts';
import { quietSiteConditions } from '../../alarm/src/conditions/quiet-site-conditions.ts';
import { routingCondition } from '../../alarm/src/conditions/routing-condition.ts';
import { stabilityNotice } from '../../alarm/src/conditions/stability-notice.ts';
import type { Condition } from '../../alarm/src/conditions/tell-conditions.ts';
import { failureMessage } from '../../alarm/src/notify-failure/failure-message.ts';
import { NO_ROUTES } from '../../alarm/src/routes/alert-routes.ts';
import type { SlackMessage } from '../../alarm/src/slack/blocks.ts';
import { mailOf } from '../../alarm/src/slack/plain-text.ts';
import { judgeMessage } from './block-kit-rules.ts';

const batch = '20261120T053000Z';
const run = { batch, executionName: batch, keywordSetName: 'default', backfill: null, dryRun: false };
const drift = { site: 'clien', posts: 4, changedPosts: 6, lists: 3, changedLists: 1, examples: [], state: 'drifting' as const };
const shift = { site: 'clien', measure: 'score', batches: 3, lowest: 0.3, latest: 0.4 };
const HOSTILE = '<!channel>&';
const hostile = alertOf({
  title: HOSTILE.repeat(300),
  board: '<@U0123ABC>',
  keywords: Array.from({ length: 40 }, () => '<!here>'.repeat(5)),
  reasons: Array.from({ length: 50 }, () => '&<!everyone>'.repeat(90)),
  body: HOSTILE.repeat(40),
  url: `https://example.com/<!here>?${'&a'.repeat(350)}`,
});
const told = (condition: Condition | undefined, language: Language) => {
  if (!condition) throw new Error('There is no condition to tell of');
  return noticeMessage(condition.notice(batch, language), batch, false, language);
};

const MESSAGES: Readonly<Record<string, (language: Language) => SlackMessage>> = {
  'an ordinary warning': (language) => alertMessage(alertOf(), false, language),
  'a repeated one without reasons': (language) =>
    alertMessage(alertOf({ level: 'critical', reasons: [], title: '', url: '' }), true, language),
  'one with hostile and oversized text': (language) => alertMessage(hostile, true, language),
  'a digest of hostile posts': (language) =>
    digestMessage(
      Array.from({ length: MOST_IN_DIGEST }, () => ({ alert: alertOf({ title: hostile.title, board: '<@U0123ABC>' }), mayRepeat: true })),
      language,
    ),
  'a message on trial': (language) => trialMessage('slack:quality', language),
  'a failure': (language) => failureMessage(run, { state: 'Plan', error: 'MissingObjectError', cause: 'plan is gone' }, false, language),
  'a failed backfill': (language) =>
    failureMessage(
      { ...run, backfill: { from: '2026-11-01', to: '2026-11-03' } },
      { state: 'Plan', error: 'E', cause: '' },
      true,
      language,
    ),
  'a failure without a cause': (language) => failureMessage(run, { state: 'unknown', error: 'unknown', cause: '' }, false, language),
  'a failure with a hostile cause': (language) =>
    failureMessage(run, { state: '<!here>', error: '&'.repeat(200), cause: '<!channel>```&'.repeat(80) }, true, language),
  'a changed layout': (language) => noticeMessage(layoutNotice(drift, batch, language), batch, false, language),
  'a changed layout in hostile words': (language) =>
    noticeMessage(layoutNotice({ ...drift, site: '<!here>', examples: [HOSTILE.repeat(90)] }, batch, language), batch, true, language),
  'readings that changed': (language) => noticeMessage(stabilityNotice('clien', [shift], language), batch, true, language),
  'wrong routes': (language) => told(routingCondition({ routes: NO_ROUTES, problems: [HOSTILE.repeat(90), 'no secret'] }), language),
  'empty batches': (language) => told(emptyCondition({ batches: 7, since: batch }), language),
  'a quiet site': (language) =>
    told(quietSiteConditions([{ site: '<!here>', posts: 40, longestPause: 90, quietMinutes: 900 }], new Set(['<!here>']))[0], language),
  'skipped runs': (language) => told(overlapCondition([batch]), language),
};
const cases = Object.entries(MESSAGES).flatMap(([what, write]) => LANGUAGES.map((language) => [what, language, write(language)] as const));

it.each(cases)('Slack would take %s in %s', (_what, _language, message) => {
  expect(judgeMessage(JSON.stringify(message))).toMatchObject({ kind: 'accepted' });
});

it.each(cases)('SNS would take %s in %s as a mail, without markup', (_what, _language, message) => {
  const { subject, text } = mailOf(message);

  expect(subject).toMatch(/^[^\p{Cc}\n]{5,99}$/u);
  expect(Buffer.byteLength(text)).toBeLessThan(256 * 1024);
  expect(text).not.toMatch(/<https?:|&(amp|lt|gt);|```/);
});

it.each(cases.filter(([, language]) => language === 'en'))(
  'writes no Korean in %s in English but for names and words of the runbook',
  (_what, _language, message) => {
    const ours = mailOf(message)
      .text.replaceAll(/"[^"]*"/g, '')
      .replaceAll(/(코나|주차장|안정성).*/g, '');

    expect(ours).not.toMatch(/[가-힣]/);
  },
);
