import { existsSync, readFileSync } from 'node:fs';
import { load } from 'cheerio/slim';
import * as z from 'zod';

/** What one runner counted; `skipped` holds the full names of skipped tests. */
export interface Totals {
  readonly runner: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
}

const jestSchema = z.object({
  numRuntimeErrorTestSuites: z.number(),
  testResults: z.array(z.object({ assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })) })),
});

/** Reads jest's --json file. A missing file, a suite that did not load, or no test at all counts as a failure. */
export function jestTotals(file: string): Totals {
  if (!existsSync(file)) return nothingRan('jest');
  const result = jestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const tests = result.testResults.flatMap((suite) => suite.assertionResults);
  const passed = tests.filter((test) => test.status === 'passed').length;
  const failed = tests.filter((test) => test.status === 'failed').length + result.numRuntimeErrorTestSuites;
  const skipped = tests.filter((test) => test.status !== 'passed' && test.status !== 'failed').map((test) => test.fullName);
  return passed + failed === 0 ? nothingRan('jest') : { runner: 'jest', passed, failed, skipped };
}

/** Reads pytest's JUnit file. An exit status other than 0 without a counted failure counts as one. */
export function pytestTotals(file: string, status: number): Totals {
  if (!existsSync(file)) return nothingRan('pytest');
  const $ = load(readFileSync(file, 'utf8'), { xml: true });
  const cases = $('testcase').toArray();
  const name = (element: (typeof cases)[number]) => `${$(element).attr('classname') ?? ''} ${$(element).attr('name') ?? ''}`.trim();
  const failed = cases.filter((element) => $(element).find('failure, error').length > 0).length;
  const skipped = cases.filter((element) => $(element).find('skipped').length > 0).map(name);
  const passed = cases.length - failed - skipped.length;
  if (passed + failed === 0) return nothingRan('pytest');
  return { runner: 'pytest', passed, failed: failed === 0 && status !== 0 ? 1 : failed, skipped };
}

/** Adds the runners up; a skip without an allowed reason is a failure. */
export function addTotals(totals: readonly Totals[], allowedSkips: Readonly<Record<string, string>>): { passed: number; failed: number } {
  const unexplained = totals.flatMap((total) => total.skipped).filter((name) => allowedSkips[name] === undefined).length;
  return {
    passed: totals.reduce((sum, total) => sum + total.passed, 0),
    failed: totals.reduce((sum, total) => sum + total.failed, unexplained),
  };
}

function nothingRan(runner: string): Totals {
  return { runner, passed: 0, failed: 1, skipped: [] };
}
