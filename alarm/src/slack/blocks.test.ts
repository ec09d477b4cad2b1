import { context, fields, header, section, shortened } from './blocks.ts';

it('shortens to the limit with an ellipsis and never cuts a character in half', () => {
  expect(shortened('가나다라', 4)).toBe('가나다라');
  expect(shortened('가나다라마', 4)).toBe('가나다…');
  expect(shortened('가나😀라마', 4)).toBe('가나…');
});

it.each([
  ['header', header('가'.repeat(200)), 150],
  ['section', section('가'.repeat(4000)), 3000],
  ['field', fields([['이름', '가'.repeat(4000)]]), 2000],
  ['context', context('가'.repeat(4000)), 2000],
])('keeps the limit of a %s', (_what, block, limit) => {
  expect(/"text":"([^"]*…)"/.exec(JSON.stringify(block))?.[1]?.replaceAll('\\n', ' ')).toHaveLength(limit);
});
