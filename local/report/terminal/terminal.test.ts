import { hotPost, reportData } from '../fixture-report.ts';
import { renderHotTable } from './hot-table.ts';
import { renderMessages } from './messages.ts';
import { cutToWidth, padToWidth, printable, textWidth } from './text-width.ts';

it.each([
  ['abc', 3],
  ['한글', 4],
  ['한글 abc', 8],
  ['ＡＢ', 4],
  ['e\u0301', 1],
  ['\u1112\u1161\u11ab', 2],
  ['🔥', 2],
  ['👨‍👩‍👧', 2],
  ['…–·', 3],
])('%s takes %i columns', (text, columns) => {
  expect(textWidth(text)).toBe(columns);
});

it('cuts between characters and never beyond the width', () => {
  expect(cutToWidth('한글 제목', 9)).toBe('한글 제목');
  expect(cutToWidth('한글 제목', 8)).toBe('한글 제…');
  expect(cutToWidth('한글 제목', 7)).toBe('한글 …');
  expect(textWidth(padToWidth('한글', 1))).toBe(1);
});

it('aligns every line of the table, Hangul or not', () => {
  const posts = [...reportData().hotPosts, hotPost({ title: 'short', keywords: ['SUV'], level: 'hot' })];
  const lines = renderHotTable(posts, 100).split('\n');

  const starts = lines.map((line) => textWidth(line.slice(0, line.search(/bobaedream|clien|Site|─{10} {2}─{10} {2}─/))));
  expect(new Set(starts.filter((_, index) => index !== 1)).size).toBe(1);
  expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(100);
  expect(lines[2]).toMatch(/^critical {2}신형 세단 .*… {1,3}bobaedream {7}60\/45 {3}\+2\.41 {4}62% {2}엔진, 결함 {8,}\s*14:30$/);
});

it('gives a wide terminal the whole title', () => {
  expect(renderHotTable(reportData().hotPosts, 170)).toContain(
    '(gone) 전기차 배터리 화재, 지하주차장에서 실제로 겪은 이야기 (사진 있음, 긴 글 주의)',
  );
});

it('says so when there is nothing', () => {
  expect(renderHotTable([])).toBe('No hot post.');
  expect(renderMessages([])).toBe('No message was sent to Slack.');
});

it('lets no text steer the terminal', () => {
  const hostile = 'a\u001b[2Jb\u009bc\nd\u202ee\rf';

  expect(printable(hostile)).toBe('a [2Jb c d e f');
  // eslint-disable-next-line no-control-regex -- they are what must not be there
  expect(renderHotTable([hotPost({ title: hostile, level: hostile })])).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
});

it('shows messages as Slack would, in Seoul time', () => {
  expect(renderMessages(reportData().messages.slice(0, 2))).toBe(
    [
      '14:30  [HOT] 신형 세단 엔진에서 이상한 소리가 나요 (http://127.0.0.1:8801/1001)',
      '       댓글 19개 · 28분',
      '15:00  Batch 20261120T060000Z failed in PrepareLoad: WarehouseError',
    ].join('\n'),
  );
});

it('undoes the escapes of Slack once', () => {
  const message = {
    sentAt: '2026-11-20T05:30:21Z',
    to: '',
    level: 'hot',
    text: '*<https://example.com/?a=1&amp;b=2|A &lt;b&gt; &amp;amp; c>*',
  };

  expect(renderMessages([message])).toContain('A <b> &amp; c (https://example.com/?a=1&b=2)');
});
