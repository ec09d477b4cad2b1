import * as cheerio from 'cheerio';
import { hotPost, reportData } from './fixture-report.ts';
import { renderReport } from './render-report.ts';
import type { ReportData } from './report-data.ts';

/** The page as a browser reads it, and what the parser had to repair. */
function parsed(data: ReportData): { $: cheerio.CheerioAPI; errors: string[] } {
  const errors: string[] = [];
  const $ = cheerio.load(renderReport(data), { onParseError: ({ code }) => errors.push(code) });
  return { $, errors };
}

it('is one valid page that fetches nothing and runs nothing', () => {
  const { $, errors } = parsed(reportData());

  expect(errors).toEqual([]);
  expect($('script, link, img, iframe, object, embed, form').length).toBe(0);
  expect(renderReport(reportData())).not.toMatch(/@import|url\(/);
  expect($('meta[http-equiv]').attr('content')).toContain("default-src 'none'");
});

it('shows posts, messages, batches, states and problems', () => {
  const { $ } = parsed(reportData());

  expect($('title').text()).toBe('hotpost: 2 hot posts, 1 of them critical');
  expect($('header p').first().text()).toBe('3 batches from 2026-11-20 14:30 to 15:30 in Seoul');
  expect($('td.title a').first().attr('href')).toBe('http://127.0.0.1:8801/view?code=freeb&No=1001');
  const cells = $('main table').first().find('tbody tr').first().find('td');
  expect(cells.toArray().map((cell) => $(cell).text().replaceAll(/\s+/g, ' ').trim())).toEqual([
    '신형 세단 엔진에서 이상한 소리가 나요 bobaedream · freeb · written 2026-11-20 14:02 60 comments in 118 minutes22 of them in the last 20 minutes',
    'critical',
    '60 / 45',
    '+2.41',
    '62%',
    '엔진결함',
    '2026-11-20 14:30 alerted at 28 min',
  ]);
  expect($('.messages li').length).toBe(3);
  expect($('.messages a').attr('href')).toBe('http://127.0.0.1:8801/1001');
  expect(
    $('.batches .chip')
      .toArray()
      .map((chip) => $(chip).text()),
  ).toEqual(['succeeded', 'failed', 'succeeded']);
  expect($('main').text()).toContain('LayoutChangedError');
});

it('draws a curve a post, with K and the alerts as marks', () => {
  const { $ } = parsed(reportData());

  const curves = $('figure svg');
  expect(curves.length).toBe(2);
  expect(curves.first().attr('aria-label')).toBe('Comments of the post by its age: 60 so far, K is 45');
  expect(curves.first().find('text').text()).toMatch(/K 45.*hot at 28 min.*critical at 1 h 28 min/s);
});

it('draws a bar for each time a state ran and says what was retried or caught', () => {
  const { $ } = parsed(reportData());

  const bars = $('svg').last();
  expect(bars.find('[aria-label=bar] rect').length).toBe(16);
  expect(bars.find('text').text()).toContain('4 runs · 1 retry · caught');
});

it('renders an empty afternoon', () => {
  const { $, errors } = parsed(reportData({ batches: [], messages: [], hotPosts: [], states: [], problems: [] }));

  expect(errors).toEqual([]);
  expect($('h1').text()).toBe('No hot post');
  expect(
    $('.empty')
      .toArray()
      .map((empty) => $(empty).text()),
  ).toEqual(['No post was hot in these batches.', 'None was sent.', 'No batch has run yet.']);
});

it('renders a post without comments, alerts or keywords', () => {
  const { $, errors } = parsed(
    reportData({ hotPosts: [hotPost({ arrivals: [], alertedAt: [], keywords: [], reasons: [], title: '  ' })] }),
  );

  expect(errors).toEqual([]);
  expect($('td.title a').text()).toBe('(no title, 1001)');
  expect($('main').text()).toContain('not alerted');
  expect($('figure svg').length).toBe(1);
});

describe('hostile text', () => {
  const hostile = `"'><script>alert(1)</script><img src=x onerror=alert(2)>&lt;b&gt;\u0000\u001b[31m\ud800`;
  const data = reportData({
    batches: [{ batch: hostile, status: hostile, executionName: hostile, counts: { [hostile]: { [hostile]: 1 } }, milliseconds: 1 }],
    messages: [{ sentAt: hostile, to: '', text: `<javascript:alert(1)|${hostile}> *${hostile}* <!channel>`, level: hostile }],
    hotPosts: [
      hotPost({
        site: hostile,
        board: hostile,
        title: hostile,
        url: 'javascript:alert(1)',
        keywords: [hostile],
        reasons: [hostile],
        level: hostile,
        alertedAt: [{ level: hostile, batch: '20261120T053000Z' }],
        createdAt: '2026-11-20T05:02:00Z',
      }),
    ],
    states: [{ name: hostile, startedMs: 0, milliseconds: 5, status: hostile, retries: 0 }],
    problems: [{ batch: hostile, times: 2, stage: hostile, kind: hostile, subject: hostile, message: hostile }],
  });

  it('stays text wherever it stands', () => {
    const { $, errors } = parsed(data);

    expect(errors).toEqual([]);
    expect($('script, img').length).toBe(0);
    expect(
      $('*')
        .toArray()
        .flatMap((element) => ('attribs' in element ? Object.keys(element.attribs) : []))
        .filter((name) => name.startsWith('on')),
    ).toEqual([]);
    expect($('td.title h3').text()).toContain(`"'><script>alert(1)</script>`);
  });

  it('makes no link that runs something', () => {
    const { $ } = parsed(data);

    expect(
      $('a')
        .toArray()
        .map((link) => $(link).attr('href')),
    ).toEqual([]);
  });
});
