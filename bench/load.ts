import { execFile } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import * as z from 'zod';
import { median, table } from './tables.ts';

// npm run bench:load [-- --sizes 10000,100000,1000000 --rounds 3]: a batch through the statements of PrepareLoad, on the Redshift stand-in.
const { values } = parseArgs({
  options: { sizes: { type: 'string', default: '10000,100000,1000000' }, rounds: { type: 'string', default: '3' } },
});
const count = z.coerce.number().int().min(1);
const sizes = z.array(count).min(1).parse(values.sizes.split(','));
const rounds = count.parse(values.rounds);
const figuresSchema = z.object({
  first: z.number(),
  again: z.number(),
  copyAlone: z.number(),
  peakBytes: z.number(),
  statements: z.number(),
  rows: z.record(z.string(), z.number()),
});
type Figures = z.infer<typeof figuresSchema>;

const busy = (loadavg()[0] ?? 0) > 0.5;
console.log(`${rounds} round${rounds === 1 ? '' : 's'}, medians, ${availableParallelism()} cores, ${busy ? 'busy' : 'quiet'} machine\n`);
const measured = new Map<number, Figures[]>(sizes.map((size) => [size, []]));
for (let round = 0; round < rounds; round += 1) for (const size of sizes) measured.get(size)?.push(await load(size));

const seconds = (figures: readonly Figures[], name: 'first' | 'again' | 'copyAlone') => median(figures.map((one) => one[name])).toFixed(1);
console.log(
  table(
    ['comments', 'load s', 'again s', 'COPY alone s', 'peak memory', 'statements', 'rows of comment'],
    sizes.map((size) => {
      const figures = measured.get(size) ?? [];
      return [
        size.toLocaleString('en'),
        seconds(figures, 'first'),
        seconds(figures, 'again'),
        seconds(figures, 'copyAlone'),
        `${Math.round(median(figures.map(({ peakBytes }) => peakBytes)) / 1024 ** 2)} MiB`,
        String(median(figures.map(({ statements }) => statements))),
        String(figures[0]?.rows['comment'] ?? ''),
      ];
    }),
  ),
);
const statements = new Set([...measured.values()].flat().map((figures) => figures.statements));
console.log(`\nStatements a batch do not grow with its rows: ${statements.size === 1 ? 'holds' : 'DOES NOT HOLD'}`);
process.exitCode = statements.size === 1 ? 0 : 1;

async function load(size: number): Promise<Figures> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'load-size.ts'), String(size)], {
    encoding: 'utf8',
  });
  return figuresSchema.parse(JSON.parse(stdout));
}
