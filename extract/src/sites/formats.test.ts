import { Temporal } from 'temporal-polyfill';
import { LayoutChangedError } from '../../../common/errors.ts';
import { countOrNone, parseCount } from './counts.ts';
import { saysGone } from './gone.ts';
import { fullTime, listedTime, shortYearTime } from './seoul-time.ts';
import { endsWithHtml } from './site.ts';

it.each([
  ['4,018', 4018],
  ['[23]', 23],
  ['(155)', 155],
  ['추천 7', 7],
  ['15.2 k', 15_200],
  ['4.6 M', 4_600_000],
  ['1.3만', 13_000],
  ['1백만', 1_000_000],
  ['-', null],
  ['', null],
  ['9'.repeat(17), null],
  [`1${'0'.repeat(400)}`, null],
  ['9007199254740991만', null],
])('reads the number %s', (text, count) => {
  expect(parseCount(text)).toBe(count);
});

it('takes an absent number for none, and one that is beyond counting for a fault', () => {
  expect(['', '  ', undefined, '추천', '추천 3'].map((text) => countOrNone(text, 'here', 'likes'))).toEqual([0, 0, 0, 0, 3]);
  expect(() => countOrNone('9'.repeat(17), 'here', 'likes')).toThrow(LayoutChangedError);
});

it.each([
  ['13:05', '2026-01-02T14:00:00+09:00', '2026-01-02T04:05:00Z'],
  ['23:59', '2026-01-02T00:01:00+09:00', '2026-01-01T14:59:00Z'],
  ['00:09', '2026-01-02T00:01:00+09:00', '2026-01-01T15:09:00Z'],
  ['01/02', '2026-01-02T14:00:00+09:00', '2026-01-02T14:59:59Z'],
  ['12/31', '2026-01-02T14:00:00+09:00', '2025-12-31T14:59:59Z'],
  ['02/29', '2029-01-05T14:00:00+09:00', '2028-02-29T14:59:59Z'],
  ['26. 01. 01', '2026-01-02T14:00:00+09:00', '2026-01-01T14:59:59Z'],
])('takes %s in a list at %s for %s at the latest', (text, now, latest) => {
  expect(listedTime(text, Temporal.Instant.from(now))?.latest.toString()).toBe(latest);
});

it('says exactly when only where a list prints a time', () => {
  const now = Temporal.Instant.from('2026-01-02T14:00:00+09:00');

  expect(listedTime('13:05', now)?.exact?.toString()).toBe('2026-01-02T04:05:00Z');
  expect(['01/02', '26. 01. 01'].map((text) => listedTime(text, now)?.exact)).toEqual([null, null]);
});

it.each(['방금', '24:00', '12:60', '13/01', '02/30', '26. 13. 01'])('takes %s in a list for no time', (text) => {
  expect(listedTime(text, Temporal.Instant.from('2026-01-02T14:00:00+09:00'))).toBeNull();
});

it.each([
  ['2020.04.22\u00a0(수) 10:53', '2020-04-22T01:53:00Z'],
  ['2026-11-20 09:10:00 / 수정일: 2026-11-20 09:12:00', '2026-11-20T00:10:00Z'],
  ['2024-02-29 00:00:59', '2024-02-28T15:00:59Z'],
  ['2026-13-01 10:00:00', undefined],
  ['2026-02-30 10:00:00', undefined],
  ['2026-02-03 24:00:00', undefined],
  ['0000-01-01 00:00:00', undefined],
  ['어제', undefined],
])('reads the full time %s as Seoul prints it', (text, instant) => {
  expect(fullTime(text)?.toString()).toBe(instant);
});

it('reads the year first in a short time', () => {
  expect(shortYearTime('20.04.22 10:53')?.toString()).toBe('2020-04-22T01:53:00Z');
  expect([shortYearTime('20.22.04 10:53'), shortYearTime('2020.04.22 10:53')]).toEqual([null, null]);
});

it('agrees with the time zone’s own rules over the communities’ years', () => {
  for (let day = Temporal.PlainDate.from('1999-12-30'); day.year < 2031; day = day.add({ days: 1 })) {
    const expected = day.toZonedDateTime({ timeZone: 'Asia/Seoul', plainTime: '08:30:00' }).toInstant().toString();

    if (fullTime(`${day.toString()} 08:30:00`)?.toString() !== expected) expect(day.toString()).toBe(expected);
  }
  expect(fullTime('2030-12-31 08:30:00')?.toString()).toBe('2030-12-30T23:30:00Z');
});

it.each([
  ['신고로 블라인드 처리된 게시물입니다.', true],
  ['삭제된 글입니다', true],
  ['이 게시글은 작성자가 삭제하였습니다', true],
  ['존재하지 않는 게시물 입니다.', true],
  ['신고', false],
  ['검색 결과가 없습니다.', false],
  [`${'어제 있었던 일을 적어 둡니다. '.repeat(5)}삭제된 글을 보신 분?`, false],
])('sees in "%s" whether a post is gone', (line, isGone) => {
  expect(saysGone(`메뉴\n${line}\n아래`)).toBe(isGone);
});

it('looks for the end of a page at its end, in no time', () => {
  const started = performance.now();

  expect(['<p>a</p></HTML>\n', '</html><!-- 3 ms -->', '</html><p>', 'text', '</html>'.repeat(400_000) + '<!--'].map(endsWithHtml)).toEqual(
    [true, true, false, false, false],
  );
  expect(performance.now() - started).toBeLessThan(1000);
});
