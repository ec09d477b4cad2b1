import { firstPageOfRange } from './first-page-of-range.ts';

const looking = (isAfter: (page: number) => boolean) => {
  const looks: number[] = [];
  const liesAfter = (page: number) => {
    looks.push(page);
    return Promise.resolve(isAfter(page));
  };
  return { looks, liesAfter };
};

it.each([
  [1, 1, 1],
  [1, 2, 1],
  [1, 3, 2],
  [1, 1000, 999],
  [34, 20, 34],
  [34, 36, 35],
])('from page %d, where page %d is the first to reach the range, reading begins at %d', async (from, reaching, expected) => {
  const { liesAfter } = looking((page) => page < reaching);

  expect(await firstPageOfRange(from, liesAfter)).toBe(expected);
});

it('looks at few pages, and at each once', async () => {
  const { looks, liesAfter } = looking((page) => page < 2600);
  await firstPageOfRange(1, liesAfter);

  expect(looks.length).toBeLessThan(26);
  expect(new Set(looks).size).toBe(looks.length);
});
