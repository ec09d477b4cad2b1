import { renderRows } from './render-rows.ts';

it('lines rows up, numbers to the right and Hangul by its width, with nothing of a null', () => {
  const rows = [
    { site: 'clien', title: '코나', posts: 7 },
    { site: 'bobaedream', title: null, posts: 120 },
  ];

  expect(renderRows(rows)).toBe(
    ['site        title  posts', '──────────  ─────  ─────', 'clien       코나       7', 'bobaedream           120', '(2 rows)'].join('\n'),
  );
});

it('cuts long texts, and prints no control character of a post', () => {
  const [, , row = ''] = renderRows([{ body: `\u001b[31m${'가'.repeat(100)}` }]).split('\n');

  expect(row).not.toContain('\u001b');
  expect(row.length).toBeLessThan(40);
});

it('says that there is no row', () => {
  expect(renderRows([])).toBe('(no row)');
});
