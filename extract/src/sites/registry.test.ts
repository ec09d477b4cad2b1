import { Temporal } from 'temporal-polyfill';
import { LayoutChangedError, PostGoneError, UnknownSiteError } from '../../../common/errors.ts';
import { postKeySchema, siteNameSchema } from '../../../common/contracts/records.ts';
import { fixturesOf, parse } from './fixture.ts';
import { baseUrlsSchema, definitions, siteAt, siteNamed, sitesAt } from './registry.ts';

const now = Temporal.Instant.from('2026-11-20T14:00:00+09:00');

describe.each(definitions.map((definition) => [definition.name, definition] as const))('%s', (name, definition) => {
  const site = siteAt(definition);
  const fixtures = fixturesOf(name);

  it('says who it is and how it wants to be read', () => {
    expect(siteNameSchema.parse(name)).toBe(name);
    expect(new URL(definition.home).origin).toBe(definition.home);
    expect(definition.home).toMatch(/^https:/);
    expect(definition.robotsSubject).toMatch(/^[A-Za-z-]+$/);
    expect(definition.politeness.delayMs).toBeGreaterThanOrEqual(500);
    expect([1, 2]).toContain(definition.politeness.concurrency);
  });

  it('asks its own host for pages that say how they end and what they are', () => {
    const key = { board: 'board', post_id: '12345' };
    const requests = [site.post(key), site.boardList('board', 1), site.boardList('board', 2), site.search('코나', 1)].filter(
      (request) => request !== null,
    );

    expect(requests.map(({ url }) => new URL(url).origin)).toEqual(requests.map(() => definition.home));
    expect(requests.map(({ isWhole }) => isWhole('<html><body><p>cut of'))).toEqual(requests.map(() => false));
    expect(requests.every(({ method, form }) => (method === 'POST') === (form !== undefined))).toBe(true);
  });

  it('knows its own posts by their address', () => {
    const fixturePlaces = [{ board: 'board', post_id: '12345' }];

    expect(fixturePlaces.map((key) => site.placeOf(site.post(key).url))).toEqual(fixturePlaces);
    expect(['', '/', 'about:blank', 'mailto:a@b', `${definition.home}/`, 'javascript:void(0)'].map((url) => site.placeOf(url))).toEqual(
      Array(6).fill(null),
    );
  });

  it('lists posts under keys that the contract takes and that its addresses name', () => {
    const listed = fixtures
      .filter(({ kind }) => kind === 'list' || kind === 'search')
      .flatMap((page) => {
        const rows = parse(site, page, now);
        return Array.isArray(rows) ? rows : [];
      });
    const keys = listed.map(({ board, postId }) => ({ site: name, board, post_id: postId }));

    expect(listed.length).toBeGreaterThan(0);
    expect(keys.filter((key) => !postKeySchema.safeParse(key).success)).toEqual([]);
    expect(keys.map((key) => ({ site: name, ...site.placeOf(site.post(key).url) }))).toEqual(keys);
  });

  it('has a fixture of a list and of a post', () => {
    expect(fixtures.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['list', 'post']));
  });

  it.each(fixtures.map((page) => [page.file, page] as const))('parses %s as what its name says', (_, page) => {
    if (page.kind === 'gone') expect(() => parse(site, page, now)).toThrow(PostGoneError);
    else expect(parse(site, page, now)).toBeDefined();
  });

  it.each([
    ['nothing', ''],
    ['a page of somebody else', '<!DOCTYPE html><html><head><title>Just a moment…</title></head><body><h1>Checking</h1></body></html>'],
    ['JSON', '{"message":"no"}'],
    ['plain text', 'Service Unavailable'],
    ['a bomb', '<div>'.repeat(5000)],
  ])('throws a named error for %s, whatever was asked for', (_, text) => {
    for (const kind of ['list', 'search', 'post', 'comments'] as const) {
      // A site without a search has none to read.
      if (kind === 'search' && site.search('코나', 1) === null) continue;
      const error = errorOf(() => parse(site, { kind, text }, now));

      expect([kind, error?.constructor]).toEqual([kind, LayoutChangedError]);
    }
  });
});

function errorOf(action: () => unknown): Error | null {
  try {
    action();
    return null;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

it('opens the sites by name, at their own address or another', () => {
  const sites = sitesAt({ clien: 'http://127.0.0.1:2' });

  expect([...sites.keys()]).toEqual(definitions.map(({ name }) => name));
  expect(siteNamed(sites, 'clien').post({ board: 'park', post_id: '7' }).url).toBe('http://127.0.0.1:2/service/board/park/7');
  expect(siteNamed(sites, 'bobaedream').baseUrl).toBe('https://www.bobaedream.co.kr');
  expect(() => siteNamed(sites, 'naver')).toThrow(UnknownSiteError);
});

it('takes addresses as JSON by site, and no others', () => {
  expect(baseUrlsSchema.parse('{"clien":"http://127.0.0.1:1"}')).toEqual({ clien: 'http://127.0.0.1:1' });
  expect(
    ['', 'clien', '{"naver":"http://127.0.0.1"}', '{"clien":"ftp://a"}'].map((text) => baseUrlsSchema.safeParse(text).success),
  ).toEqual(Array(4).fill(false));
});
