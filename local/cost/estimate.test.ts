import { join } from 'node:path';
import { repository } from '../run/directories.ts';
import { transformEngineSchema, type TransformEngine } from '../../common/contracts/settings.ts';
import { estimateMonth, SCHEDULES, usdAMonthOf } from './estimate.ts';
import { takeInventory } from './inventory.ts';
import { pullLevers } from './levers.ts';
import { restLines } from './rest.ts';
import { assumedCounts } from './run-counts.ts';
import { settingsOf } from './settings.ts';
import { sourceDesignLines, sourceDesignUsd } from './source-design.ts';

const rootTemplate = join(repository, 'template.yaml');
const counts = assumedCounts();
const month = (scheduleMinutes: number, engine: TransformEngine = 'emr-step', parameters: Record<string, string> = {}) =>
  estimateMonth({ rootTemplate, scheduleMinutes, engine, counts, parameters });
const quantityOf = (estimate: ReturnType<typeof month>, name: string) => estimate.lines.find(({ price }) => price === name)?.quantity;

it('costs less than 5 USD a month at rest', () => {
  const rest = usdAMonthOf(restLines(takeInventory(rootTemplate)));

  expect(rest).toBeLessThan(5);
  expect(rest).toBeGreaterThan(1);
});

it('bills at rest only the being there of things', () => {
  const rest = restLines(takeInventory(rootTemplate)).map(({ price }) => price);

  expect(rest.filter((price) => /^(ec2|emr|nat|redshift|lambda|transition|mwaa|rds)/.test(price))).toEqual([]);
});

it('adds up rest from keys, secrets of the stack and the two from outside, alarms and tables', () => {
  const inventory = takeInventory(rootTemplate);
  const count = (type: string) => inventory.resources.filter((resource) => resource.type === type).length;
  const byHand =
    count('AWS::KMS::Key') * 1 +
    (count('AWS::SecretsManager::Secret') + 2) * 0.4 +
    count('AWS::CloudWatch::Alarm') * 0.1 +
    0.1 * (0.27075 + 0.2166);

  expect(usdAMonthOf(restLines(inventory))).toBeCloseTo(byHand, 9);
});

it('has one more alarm on a schedule: that no run begins', () => {
  const atRest = restLines(takeInventory(rootTemplate)).find(({ price }) => price === 'alarm')?.quantity ?? 0;

  expect(quantityOf(month(30), 'alarm')).toBe(atRest + 1);
});

it.each(transformEngineSchema.options)('costs less a month and no less a run the longer the schedule is, on %s', (engine) => {
  const months = SCHEDULES.map((minutes) => month(minutes, engine));

  const falling = months.map(({ usdAMonth }) => usdAMonth);
  expect(falling).toEqual(falling.toSorted((left, right) => right - left));
  expect(new Set(falling).size).toBe(SCHEDULES.length);
  const rising = months.map(({ usdARun }) => usdARun);
  expect(rising).toEqual(rising.toSorted((left, right) => left - right));
});

it('bills 8 RPU for a minute, 1,460 times a month', () => {
  // 8 × 60 s × 1,460 / 3,600 s
  expect(quantityOf(month(30), 'redshift-rpu-hour')).toBeCloseTo(194.667, 3);
});

it('bills the kept cluster all the month, and one that ends between runs by the minute', () => {
  const idle = { 'Transform/IdleMinutes': '15' };

  expect(month(30).isClusterKept).toBe(true);
  expect(quantityOf(month(30), 'ec2-m6g.xlarge')).toBeCloseTo(730, 6);
  expect(month(30, 'emr-step', idle).isClusterKept).toBe(false);
  // 7 minutes to start, 1.5 for the step, 15 idle.
  expect(quantityOf(month(30, 'emr-step', idle), 'ec2-m6g.xlarge')).toBeCloseTo((23.5 / 60) * 1460, 6);
  expect(month(30, 'emr-step', idle).latencyMinutes).toBeGreaterThan(month(30).latencyMinutes + 5);
});

it('bills 6 vCPU and 12 GB for three minutes a run on EMR Serverless, and no instance', () => {
  const serverless = month(60, 'emr-serverless');

  expect(quantityOf(serverless, 'emr-serverless-vcpu-hour')).toBeCloseTo(6 * 0.05 * 730, 6);
  expect(quantityOf(serverless, 'emr-serverless-gb-hour')).toBeCloseTo(12 * 0.05 * 730, 6);
  expect(quantityOf(serverless, 'ec2-m6g.xlarge')).toBeUndefined();
});

it('a run is what a month costs above rest, divided by its runs', () => {
  const { usdAMonth, usdARun, runsAMonth } = month(15);

  expect(runsAMonth).toBe(2920);
  expect(usdARun * 2920 + usdAMonthOf(restLines(takeInventory(rootTemplate)))).toBeCloseTo(usdAMonth, 6);
});

it('names an instance type without a price', () => {
  expect(() => month(30, 'emr-step', { 'Transform/InstanceType': 'r9x.huge' })).toThrow('has no price ec2-r9x.huge');
});

it('the source design costs more at every schedule, by its always-on parts at least', () => {
  const settings = settingsOf(takeInventory(rootTemplate));
  for (const minutes of SCHEDULES) {
    const ours = month(minutes);

    // MWAA, RDS and its disk, NAT, endpoint; less what Step Functions costs here.
    const further = 730 * (0.49 + 0.025 + 0.059 + 0.013) + 20 * 0.131;
    const transitions = (quantityOf(ours, 'transition') ?? 0) * 0.0000271;
    expect(sourceDesignUsd(ours, counts, settings) - ours.usdAMonth).toBeGreaterThan(further - transitions - 1);
  }
  expect(sourceDesignLines(month(5), counts, settings).map(({ price }) => price)).not.toContain('transition');
});

it('pulls levers that each change the bill', () => {
  const usual = month(30);
  const levers = pullLevers({ rootTemplate, scheduleMinutes: 30, engine: 'emr-step', counts });

  expect(levers.filter(({ estimate }) => Math.abs(estimate.usdAMonth - usual.usdAMonth) < 1).map(({ change }) => change)).toEqual([]);
  const half = levers.find(({ change }) => change === 'BaseCapacity=4')?.estimate.usdAMonth ?? 0;
  expect(usual.usdAMonth - half).toBeCloseTo((194.6667 / 2) * 0.438, 2);
});
