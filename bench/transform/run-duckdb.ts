import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import * as z from 'zod';

// run-duckdb.ts <data folder> <output folder> <model.json>: duckdb.sql with the model's constants, in a process of its own, on all cores.
const [data = '', out = '', modelFile = ''] = process.argv.slice(2);
const model = z
  .object({
    coefficients: z.record(z.string(), z.number()),
    site_levels: z.record(z.string(), z.number()),
    site_aliases: z.record(z.string(), z.string()),
    trained_levels: z.tuple([z.number(), z.number()]),
    unknown_site_level: z.number(),
    window_minutes: z.number(),
    least_age_minutes: z.number(),
    recency_share: z.number(),
    optional_terms: z.array(z.unknown()).max(0, 'duckdb.sql knows no optional terms'),
  })
  .parse(JSON.parse(readFileSync(modelFile, 'utf8')));
const levels = { ...model.site_levels };
for (const [site, same] of Object.entries(model.site_aliases)) levels[site] ??= model.site_levels[same] ?? model.unknown_site_level;
const constants: Readonly<Record<string, string | number>> = {
  ...model.coefficients,
  data,
  out,
  level: `case p.site ${Object.entries(levels)
    .map(([site, level]) => `when '${site}' then ${level}`)
    .join(' ')} else ${model.unknown_site_level} end`,
  lowest: model.trained_levels[0],
  highest: model.trained_levels[1],
  window: model.window_minutes,
  least_age: model.least_age_minutes,
  share: model.recency_share,
};
const text = readFileSync(join(import.meta.dirname, 'duckdb.sql'), 'utf8').replaceAll(/\$\{(\w+)\}/g, (place, name: string) =>
  // The comment at the top names places that are none.
  String(constants[name] ?? place),
);

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
await connection.run(text);
connection.closeSync();
instance.closeSync();
