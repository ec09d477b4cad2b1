/**
 * `npm test`: every check and every test runner, then one line that adds them up. `npm test -- jest lint` runs some of them;
 * `npm run check:templates` asks only what can be asked of templates and state machine; `npm run test:deploy` builds a clean copy with SAM and deploys it into an emulated account.
 * A suite that does not load is a failure, a runner without a test is a failure, and a skipped test fails unless
 * tests/allowed-skips.json gives its reason.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { cleanBuild } from './deploy/clean-build.ts';
import { addTotals, jestTotals, pytestTotals, type Totals } from './test-totals.ts';

const root = join(import.meta.dirname, '..');
const results = join(root, 'report', 'tests');
const pythons = z
  .object({ sail: z.string(), spark: z.string(), sam: z.string(), deploy: z.string() })
  .parse(JSON.parse(process.env['HOTPOST_PYTHONS'] ?? '{}'));
const allowedSkips = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(join(root, 'tests', 'allowed-skips.json'), 'utf8')));
const templates = ['template.yaml', ...['extract', 'transform', 'load', 'alarm', 'workflow'].map((stage) => `${stage}/template.yaml`)];
const bin = (name: string) => join(root, 'node_modules', '.bin', name);

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const runners: { name: string; run: () => Promise<Totals> }[] = [
  { name: 'types', run: () => check('types', bin('tsc'), ['-p', '.']) },
  { name: 'lint', run: () => check('lint', bin('eslint'), ['.', '--max-warnings', '0']) },
  { name: 'format', run: () => check('format', bin('prettier'), ['--check', '--log-level', 'warn', '.']) },
  { name: 'cfn-lint', run: runCfnLint },
  { name: 'templates', run: () => runJest(['tests/templates']) },
  { name: 'workflow', run: () => runJest(['tests/workflow']) },
  // All of them when it is asked for by name.
  { name: 'jest', run: () => runJest([], chosen.length === 0 ? { HOTPOST_WORKFLOW_BESIDE: '1' } : {}) },
  { name: 'pytest', run: runPytest },
  { name: 'deploy', run: runDeploy },
];

const chosen = process.argv.slice(2);
const wanted = (names: readonly string[]) =>
  runners.filter(({ name }) => names.includes(name) && (chosen.length === 0 || chosen.includes(name)));
// pytest waits for Spark most of its time, so the checks and one long test of one thread run beside it; jest's own workers then have the
// machine to themselves.
const totals = [
  ...(await Promise.all([inTurn(wanted(['types', 'lint', 'format', 'cfn-lint', 'workflow'])), inTurn(wanted(['pytest']))])).flat(),
  ...(await inTurn(wanted(['jest']))),
  // Part of jest otherwise.
  ...(chosen.includes('templates') ? await inTurn(wanted(['templates'])) : []),
  // Two minutes of npm installs: only when it is asked for, as CI does.
  ...(chosen.includes('deploy') ? await inTurn(wanted(['deploy'])) : []),
];
const sum = addTotals(totals, allowedSkips);
const line = `${sum.passed} passed, ${sum.failed} failed`;
writeFileSync(join(results, 'totals.txt'), `${line}\n`);
console.log(line);
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1;

async function inTurn(some: typeof runners): Promise<Totals[]> {
  const totals: Totals[] = [];
  for (const runner of some) {
    const startedAt = Date.now();
    const outcome = await runner.run();
    totals.push(outcome);
    console.log(`${runner.name}: ${outcome.passed} passed, ${outcome.failed} failed (${Math.round((Date.now() - startedAt) / 1000)} s)`);
    for (const skip of outcome.skipped)
      console.log(`  skipped: ${skip} — ${allowedSkips[skip] ?? 'no reason in tests/allowed-skips.json: counted as failed'}`);
  }
  return totals;
}

async function check(name: string, file: string, args: string[]): Promise<Totals> {
  const status = await run(file, args, {});
  return { runner: name, passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: [] };
}

/**
 * All templates in one call, and the state machine as the inline definition of a resource of its own: of a DefinitionUri cfn-lint looks at
 * nothing.
 */
async function runCfnLint(): Promise<Totals> {
  const definition = readFileSync(join(root, 'workflow', 'pipeline.asl.json'), 'utf8');
  const filled = definition
    .replaceAll(/"\$\{(\w+Arn)\}"/g, '"arn:aws:lambda:ap-northeast-2:123456789012:function:$1"')
    .replaceAll(/\$\{(\w+)\}/g, '$1');
  const properties = { RoleArn: 'arn:aws:iam::123456789012:role/pipeline', Definition: JSON.parse(filled) as unknown };
  const wrapped = join(results, 'pipeline.json');
  writeFileSync(wrapped, JSON.stringify({ Resources: { Pipeline: { Type: 'AWS::StepFunctions::StateMachine', Properties: properties } } }));
  return check('cfn-lint', join(pythons.sam, '..', 'cfn-lint'), ['--regions', 'ap-northeast-2', '--', ...templates, wrapped]);
}

/** Three workers on two cores: the end-to-end tests wait for the communities' pace most of the time. */
async function runJest(paths: readonly string[] = [], variables: Record<string, string> = {}): Promise<Totals> {
  const output = join(results, 'jest.json');
  await run(bin('jest'), ['--json', `--outputFile=${output}`, '--silent', '--maxWorkers=3', ...paths], variables);
  return jestTotals(output);
}

async function runPytest(): Promise<Totals> {
  const output = join(results, 'pytest.xml');
  const args = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', `--junitxml=${output}`, 'transform/tests', 'load/tests', 'bench/transform'];
  const status = await run(pythons.spark, args, { HOTPOST_SAIL_PYTHON: pythons.sail });
  return pytestTotals(output, status);
}

/** A clean `sam build`, and when that went well, what becomes of it in an emulated account. */
async function runDeploy(): Promise<Totals> {
  const sam = join(pythons.sam, '..', 'sam');
  const build = cleanBuild(root, sam);
  try {
    if (build.totals.failed > 0) return build.totals;
    const output = join(results, 'deploy.xml');
    const args = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', `--junitxml=${output}`, 'tests/deploy'];
    const path = `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`;
    const pytest = run(pythons.deploy, args, { HOTPOST_CLONE: build.clone, HOTPOST_SAM: sam, PATH: path });
    const events = await runJest(['tests/deploy'], { HOTPOST_ARTEFACTS: build.artefacts });
    const parts = [build.totals, pytestTotals(output, await pytest), events];
    const sum = (count: 'passed' | 'failed') => parts.reduce((total, part) => total + part[count], 0);
    return { runner: 'deploy', passed: sum('passed'), failed: sum('failed'), skipped: parts.flatMap(({ skipped }) => skipped) };
  } finally {
    build.remove();
  }
}

/** Runs a program with its output shown. Returns its exit status, 1 when a signal ended it. */
function run(file: string, args: string[], variables: Record<string, string>): Promise<number> {
  const child = spawn(file, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, HOTPOST_PYTHONS: JSON.stringify(pythons), ...variables },
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
