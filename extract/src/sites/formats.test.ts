import { Temporal } from 'temporal-polyfill';
import { authorHash, withoutNames } from '../crawl/author-hash.ts';
import { clien } from './clien/site.ts';
import { bobaedream } from './bobaedream/site.ts';
import { parseCount } from './counts.ts';
import { fixture } from './fixture.ts';
import { siteNamed, sitesAt } from './registry.ts';
import { fullTime, listedTime, shortYearTime } from './seoul-time.ts';
import { siteNames } from './site-names.ts';

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
])('reads the number %s', (text, count) => {
  expect(parseCount(text)).toBe(count);
});

it.each([
  ['13:05', '2026-01-02T14:00:00+09:00', '2026-01-02T04:05:00Z'],
  ['23:59', '2026-01-02T00:01:00+09:00', '2026-01-01T14:59:00Z'],
  ['01/02', '2026-01-02T14:00:00+09:00', '2026-01-02T14:59:59Z'],
  ['12/31', '2026-01-02T14:00:00+09:00', '2025-12-31T14:59:59Z'],
  ['26. 01. 01', '2026-01-02T14:00:00+09:00', '2026-01-01T14:59:59Z'],
])('takes %s in a list at %s for %s at the latest', (text, now, latest) => {
  expect(listedTime(text, Temporal.Instant.from(now))?.latest.toString()).toBe(latest);
});

it('reads full times as Seoul prints them, and no others', () => {
  expect(fullTime('2020.04.22\u00a0(수) 10:53')?.toString()).toBe('2020-04-22T01:53:00Z');
  expect(shortYearTime('20.04.22 10:53')?.toString()).toBe('2020-04-22T01:53:00Z');
  expect([fullTime('2026-13-01 10:00:00'), fullTime('어제'), listedTime('방금', Temporal.Now.instant())]).toEqual([null, null, null]);
});

it('knows the sites by name', () => {
  const sites = sitesAt({ BOBAEDREAM_BASE_URL: 'http://127.0.0.1:1', CLIEN_BASE_URL: 'http://127.0.0.1:2' });

  expect([...sites.keys()]).toEqual(siteNames);
  expect(siteNamed(sites, 'clien').post({ board: 'park', post_id: '7' }).url).toBe('http://127.0.0.1:2/service/board/park/7');
  expect(() => siteNamed(sites, 'naver')).toThrow('use one of bobaedream, clien');
});

describe('a kept page', () => {
  const hash = authorHash('a key of more than sixteen characters');
  const kept = (site: ReturnType<typeof clien>, page: string) =>
    withoutNames(page, site.namesIn(page), (author) => hash(site.name, author));

  it.each([
    [bobaedream('http://127.0.0.1'), ['푸른별&amp;달', '졸린감자', '톱니']],
    [clien('http://127.0.0.1'), ['조용한두루미', '성실한우체통', 'u77', 'u78']],
  ])('names nobody', (site, names) => {
    const page = fixture(site.name, 'post');

    expect(names.filter((name) => page.includes(name))).toEqual(names);
    expect(names.filter((name) => kept(site, page).includes(name))).toEqual([]);
  });

  it.each([bobaedream('http://127.0.0.1'), clien('http://127.0.0.1')])('gives the same records as the page itself', (site) => {
    const page = fixture(site.name, 'post');
    const records = (html: string) => {
      const { comments, author, ...post } = site.parsePost(html);
      return JSON.stringify([
        post,
        hash(site.name, author),
        comments.map((comment) => ({ ...comment, author: hash(site.name, comment.author) })),
      ]);
    };

    expect(records(kept(site, page))).toBe(records(page));
  });
});

it('hashes a name with its site under the key, to 32 hex digits', () => {
  const hash = authorHash('a key of more than sixteen characters');

  expect(hash('clien', '달')).toMatch(/^[0-9a-f]{32}$/);
  expect(hash('clien', '달')).not.toBe(hash('bobaedream', '달'));
  expect(hash('clien', '달')).not.toBe(authorHash('another key of sixteen')('clien', '달'));
});
