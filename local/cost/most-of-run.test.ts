import { join } from 'node:path';
import { transformEngineSchema } from '../../common/contracts/settings.ts';
import { repository } from '../run/directories.ts';
import { costOfRun } from './cost-of-run.ts';
import { takeInventory } from './inventory.ts';
import { mostOfRun } from './most-of-run.ts';
import { usdOf } from './prices.ts';
import { assumedCounts } from './run-counts.ts';
import { settingsOf } from './settings.ts';

const rootTemplate = join(repository, 'template.yaml');
const settings = settingsOf(takeInventory(rootTemplate));
const usdOfLines = (lines: ReturnType<typeof mostOfRun>) => lines.reduce((sum, line) => sum + usdOf(line), 0);

it.each(transformEngineSchema.options)('is above what a run usually costs on %s, line by line', (engine) => {
  const most = new Map(mostOfRun(settings, engine).map(({ price, quantity }) => [price, quantity]));
  const usual = costOfRun(assumedCounts(), settings, 60, engine);

  expect(usdOfLines(mostOfRun(settings, engine))).toBeGreaterThan(usual.usd);
  for (const { price, quantity } of usual.lines)
    if (most.has(price)) expect([price, (most.get(price) ?? 0) >= quantity]).toEqual([price, true]);
});

it('falls with the bounds', () => {
  const usual = usdOfLines(mostOfRun(settings, 'emr-step'));

  expect(usdOfLines(mostOfRun({ ...settings, maxCapacity: 8 }, 'emr-step'))).toBeLessThan(usual - 5);
  expect(usdOfLines(mostOfRun({ ...settings, rpuHoursADay: 1 }, 'emr-step'))).toBeLessThan(usual - 5);
  expect(usdOfLines(mostOfRun({ ...settings, maxConcurrency: 1 }, 'emr-step'))).toBeLessThan(usual);
});
