import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { repository } from '../local/run/directories.ts';
import { measureCommand, type CommandCost } from './measure-command.ts';
import { median, table } from './tables.ts';
import { verdicts, type Cost, type Costs } from './transform/verdicts.ts';

// npm run bench:transform [-- --sizes 10000,100000,1000000 --rounds 3]: the job on Sail and on Spark, DuckDB's SQL and the original's way.
const { values } = parseArgs({
  options: { sizes: { type: 'string', default: '10000,100000,1000000' }, rounds: { type: 'string', default: '3' } },
});
const count = z.coerce.number().int().min(1);
const sizes = z
  .array(count)
  .min(3)
  .parse(values.sizes.split(','))
  .toSorted((a, b) => a - b);
const rounds = count.parse(values.rounds);
const { sail, spark } = z.object({ sail: z.string(), spark: z.string() }).parse(JSON.parse(process.env['HOTPOST_PYTHONS'] ?? '{}'));

const BATCH = '20261120T050000Z';
const LIMIT_SECONDS = 1500;
const MODEL = join(repository, 'transform/model/model.json');
const ours = (name: string) => join(import.meta.dirname, 'transform', name);
const emr = (name: string) => join(repository, 'local/emr', name);
const job = (data: string) => [join(repository, 'transform/spark-job-emr.py'), '--batch', BATCH, '--data', data, '--model', MODEL];
/** What runs a contender on a batch of its own; `out` is an empty folder for what is not the job. */
const contenders: Readonly<Record<keyof Costs, (data: string, out: string) => readonly string[]>> = {
  'job on Sail': (data) => [sail, emr('run_sail.py'), ...job(data)],
  'job on Spark': (data) => [spark, emr('run_spark.py'), ...job(data)],
  'DuckDB SQL': (data, out) => [process.execPath, ours('run-duckdb.ts'), data, out, MODEL],
  "original's way": (data, out) => [sail, ours('original_way.py'), data, join(out, 'impact.parquet')],
};
const names = Object.keys(contenders) as (keyof Costs)[];

const scratch = mkdtempSync(join(tmpdir(), 'hotpost-bench-'));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
const measured = new Map<string, CommandCost[]>();
for (const size of sizes) {
  const batch = join(scratch, `batch-${size}`);
  await run('make_batch', [sail, ours('make_batch.py'), batch, String(size)]);
  for (let round = 0; round < rounds; round += 1) {
    // Each round begins with another one, so that none always comes after the same.
    for (const name of [...names.slice(round % names.length), ...names.slice(0, round % names.length)]) {
      const data = join(scratch, 'data');
      const out = join(scratch, 'out', name.replaceAll(/\W/g, '-'));
      for (const folder of [data, out]) rmSync(folder, { recursive: true, force: true });
      mkdirSync(out, { recursive: true });
      cpSync(batch, data, { recursive: true });
      const cost = await run(name, contenders[name](data, out));
      measured.set(`${name} ${size}`, [...(measured.get(`${name} ${size}`) ?? []), cost]);
      console.error(`${size} comments, round ${round + 1}: ${name} ${cost.wallSeconds.toFixed(1)} s`);
      // Kept until DuckDB's result of the round is there to be compared.
      if (name === 'job on Sail') cpSync(join(data, 'processed/score', `batch=${BATCH}`), join(scratch, 'score'), { recursive: true });
    }
    await run('compare', [sail, ours('compare.py'), join(scratch, 'score'), join(scratch, 'out/DuckDB-SQL/score.parquet')]);
    rmSync(join(scratch, 'score'), { recursive: true });
  }
}

const costs = Object.fromEntries(names.map((name) => [name, new Map(sizes.map((size) => [size, costOf(name, size)]))])) as unknown as Costs;
console.log(`${costTable()}\n`);
const found = verdicts(costs, sizes);
for (const { holds, text } of found) console.log(`${holds ? 'holds' : 'DOES NOT HOLD'}: ${text}`);
process.exitCode = found.every(({ holds }) => holds) ? 0 : 1;

function run(name: string, command: readonly string[]) {
  const environment = { PYTHONPATH: join(repository, 'transform') };
  return measureCommand({ name, command, folder: repository, environment, limitSeconds: LIMIT_SECONDS }, sail);
}

function costOf(name: string, size: number): Cost {
  const runs = measured.get(`${name} ${size}`) ?? [];
  const of = (figure: keyof Cost) => median(runs.map((cost) => cost[figure]));
  return { wallSeconds: of('wallSeconds'), cpuSeconds: of('cpuSeconds'), peakBytes: of('peakBytes') };
}

/** Medians, with the range of the wall seconds. */
function costTable(): string {
  const rows = sizes.flatMap((size) =>
    names.map((name) => {
      const cost = costOf(name, size);
      const wall = (measured.get(`${name} ${size}`) ?? []).map(({ wallSeconds }) => wallSeconds);
      const range = `${Math.min(...wall).toFixed(1)}–${Math.max(...wall).toFixed(1)}`;
      const faster = cost.wallSeconds / costOf('job on Sail', size).wallSeconds;
      return [
        name,
        size.toLocaleString('en'),
        cost.wallSeconds.toFixed(1),
        range,
        `${faster.toFixed(2)} ×`,
        cost.cpuSeconds.toFixed(1),
        `${Math.round(cost.peakBytes / 2 ** 20)} MiB`,
      ];
    }),
  );
  return table(['', 'comments', 'wall s', 'range', "of the job's", 'CPU s', 'peak memory'], rows);
}
