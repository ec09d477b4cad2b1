import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { repository } from '../local/run/directories.ts';
import { measureCommand, type CommandCost } from './measure-command.ts';
import { median, table } from './tables.ts';
import { CONTENDERS, verdicts, type Contender, type Cost, type Costs } from './transform/verdicts.ts';

// npm run bench:transform [-- --sizes 10000,100000,1000000 --rounds 3 --filter-up-to 100000]: the job on Sail and on Spark, DuckDB's SQL and
// the original's way.
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000,1000000' },
    rounds: { type: 'string', default: '3' },
    'filter-up-to': { type: 'string', default: '100000' },
  },
});
const count = z.coerce.number().int().min(1);
const sizes = z
  .array(count)
  .min(3)
  .parse(values.sizes.split(','))
  .toSorted((a, b) => a - b);
const [rounds, filterUpTo] = [count.parse(values.rounds), count.min(Math.min(...sizes)).parse(values['filter-up-to'])];
const { sail, spark } = z.object({ sail: z.string(), spark: z.string() }).parse(JSON.parse(process.env['HOTPOST_PYTHONS'] ?? '{}'));

const BATCH = '20261120T050000Z';
const LIMIT_SECONDS = 1500;
const MODEL = join(repository, 'transform/model/model.json');
const ours = (name: string) => join(import.meta.dirname, 'transform', name);
const job = (python: string, launcher: string, data: string) => {
  const script = [join(repository, 'local/emr', launcher), join(repository, 'transform/spark-job-emr.py')];
  return [python, ...script, '--batch', BATCH, '--data', data, '--model', MODEL];
};
/** What runs a contender; `data` is a batch of its own, `out` an empty folder for what is not the job. */
const commands: Readonly<Record<Contender, (data: string, out: string) => readonly string[]>> = {
  'job on Sail': (data) => job(sail, 'run_sail.py', data),
  'job on Spark': (data) => job(spark, 'run_spark.py', data),
  'DuckDB SQL': (data, out) => [process.execPath, ours('run-duckdb.ts'), data, out, MODEL],
  "original's way, indexed": (data, out) => [sail, ours('original_way.py'), data, join(out, 'impact.parquet'), 'index'],
  "original's way, filtered": (data, out) => [sail, ours('original_way.py'), data, join(out, 'impact.parquet'), 'filter'],
};

const scratch = mkdtempSync(join(tmpdir(), 'hotpost-bench-'));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    console.error(`Stopped by ${signal}, nothing was concluded`);
    process.exit(1);
  });
}

const measured = new Map<Contender, Map<number, CommandCost[]>>(CONTENDERS.map((name) => [name, new Map()]));
const busy = (loadavg()[0] ?? 0) > 0.5;
console.log(`${rounds} round${rounds === 1 ? '' : 's'} in turns, ${availableParallelism()} cores, ${busy ? 'busy' : 'quiet'} machine`);
for (const size of sizes) {
  const batch = join(scratch, 'batch');
  rmSync(batch, { recursive: true, force: true });
  await run('make_batch', [sail, ours('make_batch.py'), batch, String(size)]);
  for (let round = 0; round < rounds; round += 1) await measureRound(size, round, batch);
}

const costs = Object.fromEntries(
  CONTENDERS.map((name) => [name, new Map([...runsOf(name)].map(([size, runs]) => [size, costOf(runs)]))]),
) as unknown as Costs;
console.log(`\n${costTable()}\n`);
const found = verdicts(costs, sizes);
for (const { holds, text } of found) console.log(`${holds ? 'holds' : 'DOES NOT HOLD'}: ${text}`);
process.exitCode = found.every(({ holds }) => holds) ? 0 : 1;

/** Each round begins with another contender, so that none always comes after the same; then all results are held against each other. */
async function measureRound(size: number, round: number, batch: string): Promise<void> {
  const chosen = CONTENDERS.filter((name) => name !== "original's way, filtered" || size <= filterUpTo);
  const first = round % chosen.length;
  for (const name of [...chosen.slice(first), ...chosen.slice(0, first)]) {
    rmSync(folderOf(name), { recursive: true, force: true });
    mkdirSync(folderOf(name, 'out'), { recursive: true });
    cpSync(batch, folderOf(name, 'data'), { recursive: true });
    const cost = await run(name, commands[name](folderOf(name, 'data'), folderOf(name, 'out')));
    runsOf(name).set(size, [...(runsOf(name).get(size) ?? []), cost]);
    console.error(`${size} comments, round ${round + 1}: ${name} ${cost.wallSeconds.toFixed(1)} s`);
  }
  const score = `data/processed/score/batch=${BATCH}`;
  const results = [folderOf('job on Sail', score), folderOf('job on Spark', score), folderOf('DuckDB SQL', 'out/score.parquet')];
  await run('compare', [sail, ours('compare.py'), ...results]);
}

function folderOf(name: Contender, path = ''): string {
  return join(scratch, name.replaceAll(/\W+/g, '-'), path);
}

/** As a step of a laptop run: the job ends when this process does. */
function run(name: string, command: readonly string[]) {
  const environment = { PYTHONPATH: join(repository, 'transform'), TZ: 'UTC', HOTPOST_PARENT_PIPE: '1' };
  return measureCommand({ name, command, folder: repository, environment, limitSeconds: LIMIT_SECONDS }, sail);
}

function runsOf(name: Contender): Map<number, CommandCost[]> {
  return measured.get(name) ?? new Map<number, CommandCost[]>();
}

function costOf(runs: readonly CommandCost[]): Cost {
  return {
    wallSeconds: median(runs.map(({ wallSeconds }) => wallSeconds)),
    cpuSeconds: median(runs.map(({ cpuSeconds }) => cpuSeconds)),
    peakBytes: Math.max(...runs.map(({ peakBytes }) => peakBytes)),
  };
}

/** Medians with the range of the wall seconds, and the highest peaks. */
function costTable(): string {
  const rows = sizes.flatMap((size) =>
    CONTENDERS.flatMap((name) => {
      const runs = runsOf(name).get(size);
      return runs ? [rowOf(name, size, runs)] : [];
    }),
  );
  return table(['', 'comments', 'wall s', 'range', "of the job's", 'CPU s', 'peak memory'], rows);
}

function rowOf(name: Contender, size: number, runs: readonly CommandCost[]): string[] {
  const cost = costOf(runs);
  const wall = runs.map(({ wallSeconds }) => wallSeconds);
  return [
    name,
    size.toLocaleString('en'),
    cost.wallSeconds.toFixed(1),
    `${Math.min(...wall).toFixed(1)}–${Math.max(...wall).toFixed(1)}`,
    `${(cost.wallSeconds / (costs['job on Sail'].get(size)?.wallSeconds ?? NaN)).toFixed(2)} ×`,
    cost.cpuSeconds.toFixed(1),
    `${Math.round(cost.peakBytes / 2 ** 20)} MiB`,
  ];
}
