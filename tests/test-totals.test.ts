import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addTotals, jestTotals, pytestTotals } from './test-totals.ts';

const folder = mkdtempSync(join(tmpdir(), 'hotpost-totals-'));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const jestFile = (statuses: string[], brokenSuites = 0) =>
  file(
    'jest.json',
    JSON.stringify({
      numRuntimeErrorTestSuites: brokenSuites,
      testResults: [{ assertionResults: statuses.map((status, i) => ({ fullName: `test ${i}`, status })) }],
    }),
  );

it('counts a suite that does not load as a failure', () => {
  expect(jestTotals(jestFile(['passed', 'passed', 'failed'], 1))).toMatchObject({ passed: 2, failed: 2 });
});

it('counts a runner without a test, or without a result file, as a failure', () => {
  expect(jestTotals(jestFile([]))).toMatchObject({ passed: 0, failed: 1 });
  expect(pytestTotals(join(folder, 'absent.xml'), 5)).toMatchObject({ passed: 0, failed: 1 });
});

it('reads the JUnit file of pytest, errors included', () => {
  const xml =
    '<testsuites><testsuite><testcase classname="a" name="ok"/><testcase classname="a" name="bad"><failure message="x"/></testcase><testcase classname="a" name="broken"><error/></testcase><testcase classname="a" name="later"><skipped/></testcase></testsuite></testsuites>';

  expect(pytestTotals(file('pytest.xml', xml), 1)).toEqual({ runner: 'pytest', passed: 1, failed: 2, skipped: ['a later'] });
});

it('fails a skip that no reason allows', () => {
  const totals = [{ runner: 'jest', passed: 3, failed: 0, skipped: ['one', 'two'] }];

  expect(addTotals(totals, { one: 'needs a container engine' })).toEqual({ passed: 3, failed: 1 });
});
