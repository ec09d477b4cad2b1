import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { foldedManifestSchema } from '../../common/contracts/manifest.ts';
import { transformEngineSchema, type TransformEngine } from '../../common/contracts/settings.ts';
import { repository } from '../run/directories.ts';
import { withReport } from './document.ts';
import { estimateMonth, SCHEDULES } from './estimate.ts';
import { asJson, costReport, estimateJson } from './report-data.ts';
import { defaultSchedule } from './root-parameters.ts';
import { assumedCounts, countsOf, type RunCounts } from './run-counts.ts';
import { renderEstimate, renderReport } from './tables.ts';

interface Options {
  readonly schedule?: number;
  readonly engine?: TransformEngine;
  readonly run?: string;
  readonly write: boolean;
  readonly json: boolean;
}

const program: Command = new Command('npm run cost --')
  .description('Resources, roles and what they cost in Seoul: at rest, by schedule and engine, beside the source design (docs/cost.md).')
  .addOption(
    new Option('--schedule <minutes>', `one line only: minutes between runs, ${SCHEDULES.join(', ')}`).argParser((text: string) => {
      const minutes = SCHEDULES.find((schedule) => String(schedule) === text);
      if (minutes === undefined) throw new InvalidArgumentError(`Use one of ${SCHEDULES.join(', ')}.`);
      return minutes;
    }),
  )
  .addOption(new Option('--engine <name>', 'one line only: what runs the job').choices(transformEngineSchema.options))
  .option('--run <file>', 'count with a run of your own: manifest/<batch>.json of the data bucket')
  .option('--write', 'put the report into docs/cost.md, after a change of templates or prices', false)
  .option('--json', 'print the figures as JSON', false)
  .parse();

const rootTemplate = join(repository, 'template.yaml');
const { schedule, engine, run, write, json } = program.opts<Options>();
const counts = run === undefined ? assumedCounts() : countsIn(run);

if (write) {
  if (schedule !== undefined || engine !== undefined || run !== undefined || json) program.error('error: --write goes alone');
  const document = join(repository, 'docs', 'cost.md');
  writeFileSync(document, withReport(readFileSync(document, 'utf8'), renderReport(costReport(rootTemplate, counts))));
} else if (schedule === undefined && engine === undefined) {
  const report = costReport(rootTemplate, counts);
  console.log(json ? JSON.stringify(asJson(report), null, 2) : renderReport(report));
} else {
  const scheduleMinutes = schedule ?? defaultSchedule(rootTemplate);
  const estimate = estimateMonth({ rootTemplate, scheduleMinutes, engine: engine ?? 'emr-step', counts });
  console.log(json ? JSON.stringify(estimateJson(estimate), null, 2) : renderEstimate(estimate));
}

function countsIn(file: string): RunCounts {
  try {
    return countsOf(foldedManifestSchema.parse(JSON.parse(readFileSync(file, 'utf8'))));
  } catch (error) {
    program.error(
      `error: ${file} is no folded manifest (manifest/<batch>.json): ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
