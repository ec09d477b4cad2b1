import { cutInto, fairShares, roundRobin } from './cut-parts.ts';

it('takes one of each list in turn', () => {
  expect(roundRobin([['a', 'b', 'c'], [], ['d']])).toEqual(['a', 'd', 'b', 'c']);
});

it.each([
  ['all that is wanted when there is room', [3, 0, 2], 10, [3, 0, 2]],
  ['the same to each when there is not', [9, 9, 1], 5, [2, 2, 1]],
  ['nothing without room', [1, 1], 0, [0, 0]],
])('deals out %s', (_, wanted, total, shares) => {
  expect(fairShares(wanted, total)).toEqual(shares);
});

it('puts what comes first in the list first in every piece', () => {
  expect(cutInto([1, 2, 3, 4, 5], 2)).toEqual([[1, 4], [2, 5], [3]]);
  expect(cutInto([], 2)).toEqual([]);
});
