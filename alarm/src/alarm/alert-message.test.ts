import { alertOf } from './alarm-fixture.ts';
import { alertMessage } from './alert-message.ts';
import goldenEnglish from './alert-message.en.golden.json' with { type: 'json' };
import goldenHostile from './alert-message.hostile.golden.json' with { type: 'json' };
import goldenKorean from './alert-message.ko.golden.json' with { type: 'json' };
import { digestMessage } from './digest-message.ts';

const hostile = alertOf({
  level: 'critical',
  title: '<!channel> <@U0123|대표님> <https://evil.example|여기> & *굵게*\n#general\u202E @here',
  url: 'https://www.bobaedream.co.kr/view?code=national&No=2000001&q=<!here>|x',
  keywords: ['코나', '화재'],
  comments_seen: 131,
  age_minutes: 192,
  reasons: ['댓글 131개로 이 사이트의 화제 기준 120개를 넘었습니다', '최근 48분의 댓글이 <많습니다>'],
});

/** A post that was told as hot and is critical now. */
const escalated = alertOf({
  level: 'critical',
  comments_seen: 131,
  age_minutes: 192,
  keywords: ['코나', '화재'],
  raw_probability: 0.93,
  impact: 6.05,
  odds_factor: 0.8,
  reasons: [
    '3시간 12분 동안 댓글 131개, 화제가 된 글의 같은 나이 중간값 42개의 3.1배',
    '최근 48분에 52개, 고르게 달렸다면 33개',
    '화제 기준 120개에 이름',
  ],
  reasons_en: [
    '131 comments in 3 h 12 min, 3.1 times the median 42 of hot posts at this age',
    '52 in the last 48 min; an even pace would have brought 33',
    'has reached the hot level of 120',
  ],
  told: { level: 'hot', comments_seen: 37, sent_at: '2026-11-20T03:00:00Z' },
});

it.each([
  ['Korean', alertMessage(escalated, false, 'ko'), goldenKorean],
  ['English', alertMessage(escalated, false, 'en'), goldenEnglish],
  ['Korean for a hostile title', alertMessage(hostile, true, 'ko'), goldenHostile],
])('writes exactly this in %s', (_language, message, golden) => {
  expect(message).toEqual(golden);
});

it('says in English what a score of before said in Korean only', () => {
  expect(JSON.stringify(alertMessage(alertOf({ reasons_en: [] }), false, 'en'))).toContain('같은 나이의 화제 글만큼');
});

it('puts many posts into one digest, the most urgent first, each with its own mark', () => {
  const entries = [
    { alert: escalated, mayRepeat: true },
    { alert: alertOf({ title: '<!here>', keywords: [] }), mayRepeat: false },
  ];

  const { text, blocks } = digestMessage(entries, 'ko');

  expect(text).toMatch(/^\[묶음\] 알릴 글 2개 · critical 1개: \[반복일 수 있음\] critical · 코나 일렉트릭/);
  expect(text.split('\n')[1]).toMatch(/^hot · &lt;!here&gt; – /);
  expect(blocks).toHaveLength(4);
  expect(JSON.stringify(blocks?.[1])).toContain('*[반복일 수 있음] critical · <https://');
  expect(JSON.stringify(blocks?.[2])).toContain('|&lt;!here&gt;>*');
  expect(JSON.stringify(blocks?.[2])).not.toContain('반복');
});

it('lets no text of the web mention or link', () => {
  const everything = JSON.stringify(
    alertMessage(
      { ...hostile, board: '<!here>', keywords: ['<!channel>'], reasons: ['<@U1>'], model_version: '<#C1>', body: '<!everyone>' },
      false,
      'ko',
    ),
  );

  expect(everything).not.toMatch(/<[!@#]/);
  expect(everything.match(/<[^>]*>/g)).toEqual([expect.stringMatching(/^<https:\/\/www\.bobaedream\.co\.kr\//)]);
});

it.each(['javascript:alert(1)', 'not an address', `https://example.com/${'긴주소'.repeat(400)}`])(
  'shows the title without a link for %.30s',
  (url) => {
    const section = JSON.stringify(alertMessage(alertOf({ url, title: '제목' }), false, 'ko').blocks?.[1]);

    expect(section).toContain('*제목*');
  },
);

it('keeps Slack’s limits whatever comes', () => {
  const message = alertMessage(
    alertOf({
      title: '&'.repeat(2000),
      url: `https://example.com/${'&a'.repeat(300)}`,
      board: '<'.repeat(64),
      keywords: Array.from({ length: 40 }, () => '&'.repeat(40)),
      reasons: Array.from({ length: 30 }, () => '&'.repeat(500)),
      body: '&'.repeat(400),
    }),
    true,
    'ko',
  );

  const texts = JSON.stringify(message).match(/"text":"[^"]*"/g) ?? [];
  expect(texts.length).toBeGreaterThan(8);
  expect(Math.max(...texts.map((text) => text.length))).toBeLessThan(3000);
  expect(JSON.stringify(message)).not.toMatch(/&[a-z]*…/);
});

it.each([
  [0, '1분 미만'],
  [42, '42분'],
  [60, '1시간'],
  [192, '3시간 12분'],
  [1440, '1일'],
  [3001, '2일 2시간'],
])('calls %i minutes %s', (minutes, words) => {
  expect(JSON.stringify(alertMessage(alertOf({ age_minutes: minutes }), false, 'ko'))).toContain(`글 나이*\\n${words}"`);
});

it.each([
  [0.18, Math.log(0.18 / 0.82) - Math.log(0.03 / 0.97), '18% (평소 3%)'],
  [0.99995, 10, '99.9% 초과 (평소 47.6%)'],
  [1, 12, '100%'],
  [0, -12, '0%'],
  [0.5, null, '50%'],
  [null, null, '모델이 계산하지 않음'],
])('puts the base rate beside probability %p', (raw_probability, impact, words) => {
  expect(JSON.stringify(alertMessage(alertOf({ raw_probability, impact }), false, 'ko'))).toContain(`화제가 될 확률*\\n${words}"`);
});

it('writes no section without reasons', () => {
  expect(JSON.stringify(alertMessage(alertOf({ reasons: [] }), false, 'ko'))).not.toContain('왜 알리나');
});
