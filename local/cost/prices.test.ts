import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../run/directories.ts';
import { assumptions } from './assumptions.ts';
import file from './prices.json' with { type: 'json' };
import { monthlyUsdOf, prices, usdOf } from './prices.ts';
import { costReport } from './report-data.ts';
import { assumedCounts } from './run-counts.ts';

const report = costReport(join(repository, 'template.yaml'), assumedCounts());
const code = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
  .join('\n');

it('every price of the file is used', () => {
  const used = new Set<string>(report.allLines.map(({ price }) => price));

  expect(Object.keys(prices).filter((name) => !used.has(name))).toEqual([]);
});

it('every assumption of the file is used', () => {
  const isUsed = (name: string) => code.includes(`'${name}'`) || code.includes(`'${name.slice(0, name.indexOf('.') + 1)}'`);

  expect(Object.keys(assumptions).filter((name) => !isUsed(name))).toEqual([]);
});

it('no name is there twice', () => {
  const names = Object.values(file.prices).flatMap((its) => Object.keys(its));

  expect(names.toSorted()).toEqual(Object.keys(prices).toSorted());
});

it('every source of the file is named by a price', () => {
  const named = new Set(Object.values(prices).map(({ source }) => source));

  expect(Object.keys(file.sources).filter((source) => !named.has(source))).toEqual([]);
});

it('multiplies, and takes off what is free of a month', () => {
  expect(usdOf({ price: 'transition', quantity: 1000 })).toBeCloseTo(0.0271, 10);
  expect(monthlyUsdOf({ price: 'transition', quantity: 1000 })).toBeCloseTo(0.0271, 10);
  expect([1, 3, 5].map((quantity) => monthlyUsdOf({ price: 'dashboard', quantity }))).toEqual([0, 0, 6]);
});
