import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../run/directories.ts';
import { withReport } from './document.ts';
import { estimateMonth } from './estimate.ts';
import { asJson, costReport } from './report-data.ts';
import { assumedCounts } from './run-counts.ts';
import { renderEstimate, renderReport } from './tables.ts';

const rootTemplate = join(repository, 'template.yaml');
const report = costReport(rootTemplate, assumedCounts());
const printed = renderReport(report);

it('docs/cost.md holds what the command prints (npm run cost -- --write renews it)', () => {
  const document = readFileSync(join(repository, 'docs', 'cost.md'), 'utf8');

  expect(document).toBe(withReport(document, printed));
});

it('shows every schedule on every engine, beside the source design', () => {
  const rows = printed.split('\n').filter((line) => /^\| \d+ min /.test(line));

  expect(rows.map((row) => row.split('|')[1]?.trim())).toEqual(['5 min', '10 min', '15 min', '30 min', '60 min']);
  expect(rows.every((row) => row.split('|').filter((cell) => /\d/.test(cell)).length === 9)).toBe(true);
});

it('says which prices are unverified, and what of the rest is free', () => {
  expect(printed).toContain('emr-m6g.xlarge');
  expect(printed).toContain('Dashboards: 3 of every account are free. Where others use them up: 3.00 USD more.');
});

it('adds up to the totals that it shows', () => {
  const { atRest } = asJson(report) as { atRest: { usdAMonth: number; lines: { usd: number }[] } };

  expect(atRest.lines.reduce((sum, { usd }) => sum + usd, 0)).toBeCloseTo(atRest.usdAMonth, 10);
  expect(printed).toContain(`At rest: ${atRest.usdAMonth.toFixed(2)} USD`);
});

it('shows one case line by line', () => {
  const estimate = estimateMonth({ rootTemplate, scheduleMinutes: 30, engine: 'emr-step', counts: assumedCounts() });

  const text = renderEstimate(estimate);
  expect(text).toMatch(/^Every 30 minutes on emr-step: [\d.]+ USD a month, [\d.]+ USD a run \(1460 runs\), alerts after/);
  expect(text).toContain('the cluster is kept from run to run');
  expect(text.split('\n').filter((line) => line.startsWith('| '))).toHaveLength(estimate.lines.length + 3);
});

it('refuses a document without a place for the report', () => {
  expect(() => withReport('# What it costs', printed)).toThrow('no place for the report');
});
