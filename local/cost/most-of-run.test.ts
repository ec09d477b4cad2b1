import { join } from 'node:path';
import { transformEngineSchema, type TransformEngine } from '../../common/contracts/settings.ts';
import { repository } from '../run/directories.ts';
import { costOfRun } from './cost-of-run.ts';
import { takeInventory } from './inventory.ts';
import type { Line } from './line.ts';
import { mostOfRun } from './most-of-run.ts';
import { usdOf } from './prices.ts';
import { assumedCounts } from './run-counts.ts';
import { settingsOf, type Settings } from './settings.ts';

const rootTemplate = join(repository, 'template.yaml');
const settings = settingsOf(takeInventory(rootTemplate));
const most = (engine: TransformEngine, changes: Partial<Settings> = {}) => mostOfRun(assumedCounts(), { ...settings, ...changes }, engine);
const usdOfLines = (lines: readonly Line[]) => lines.reduce((sum, line) => sum + usdOf(line), 0);

it.each(transformEngineSchema.options)('is above what a run usually costs on %s, line by line', (engine) => {
  const { lines, minutes } = most(engine);
  const bound = new Map(lines.map(({ price, quantity }) => [price, quantity]));
  const usual = costOfRun(assumedCounts(), settings, 60, engine);

  expect(minutes).toBe(55);
  expect(usdOfLines(lines)).toBeGreaterThan(usual.usd);
  expect(usual.lines.filter(({ price, quantity }) => (bound.get(price) ?? 0) < quantity)).toEqual([]);
});

it('falls with the bounds', () => {
  const usual = usdOfLines(most('emr-step').lines);

  expect(usdOfLines(most('emr-step', { maxCapacity: 8 }).lines)).toBeLessThan(usual - 5);
  expect(usdOfLines(most('emr-step', { maxConcurrency: 1 }).lines)).toBeLessThan(usual);
  expect(usdOfLines(most('emr-step', { requestBudget: 1 }).lines)).toBeLessThan(usual);
});
