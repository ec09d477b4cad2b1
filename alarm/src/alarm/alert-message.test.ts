import { alertOf } from './alarm-fixture.ts';
import { alertMessage } from './alert-message.ts';
import golden from './alert-message.golden.json' with { type: 'json' };

const hostile = alertOf({
  level: 'critical',
  title: '<!channel> <@U0123|대표님> <https://evil.example|여기> & *굵게*\n#general\u202E @here',
  url: 'https://www.bobaedream.co.kr/view?code=national&No=2000001&q=<!here>|x',
  keywords: ['코나', '화재'],
  comments_seen: 131,
  age_minutes: 192,
  reasons: ['댓글 131개로 이 사이트의 화제 기준 120개를 넘었습니다', '최근 48분의 댓글이 <많습니다>'],
});

it('writes exactly this for a hostile title', () => {
  expect(alertMessage(hostile, true)).toEqual(golden);
});

it('lets no text of the web mention or link', () => {
  const everything = JSON.stringify(
    alertMessage({ ...hostile, board: '<!here>', keywords: ['<!channel>'], reasons: ['<@U1>'], model_version: '<#C1>' }, false),
  );

  expect(everything).not.toMatch(/<[!@#]/);
  expect(everything.match(/<[^>]*>/g)).toEqual([expect.stringMatching(/^<https:\/\/www\.bobaedream\.co\.kr\//)]);
});

it.each(['javascript:alert(1)', 'not an address', `https://example.com/${'긴주소'.repeat(400)}`])(
  'shows the title without a link for %.30s',
  (url) => {
    const section = JSON.stringify(alertMessage(alertOf({ url, title: '제목' }), false).blocks?.[1]);

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
    }),
    true,
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
  expect(JSON.stringify(alertMessage(alertOf({ age_minutes: minutes }), false))).toContain(`글 나이*\\n${words}"`);
});

it.each([
  [0.18, Math.log(0.18 / 0.82) - Math.log(0.03 / 0.97), '18% (평소 3%)'],
  [0.99995, 10, '99.9% 초과 (평소 47.6%)'],
  [1, 12, '100%'],
  [0, -12, '0%'],
  [0.5, null, '50%'],
  [null, null, '모델이 계산하지 않음'],
])('puts the base rate beside probability %p', (raw_probability, impact, words) => {
  expect(JSON.stringify(alertMessage(alertOf({ raw_probability, impact }), false))).toContain(`화제가 될 확률*\\n${words}"`);
});

it('writes no section without reasons', () => {
  expect(JSON.stringify(alertMessage(alertOf({ reasons: [] }), false))).not.toContain('왜 알리나');
});
