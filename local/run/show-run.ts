import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TransformEngine } from '../../common/contracts/settings.ts';
import { costLine } from '../cost/cost-of-run.ts';
import { errorMessage } from '../error-message.ts';
import { volumeText } from '../report/alarm-section.ts';
import { renderReport } from '../report/render-report.ts';
import { renderHotTable } from '../report/terminal/hot-table.ts';
import { renderMessages } from '../report/terminal/messages.ts';
import { collectReport, foldedManifests } from './collect-report.ts';
import { repository, type Directories } from './directories.ts';
import type { Laptop } from './laptop.ts';
import type { PlayedBatch } from './play.ts';

/** Writes the report and prints what came of the batches, and `onFailure` when one failed. Returns the exit status: 1 then. */
export async function showRun(
  laptop: Laptop,
  directories: Directories,
  played: readonly PlayedBatch[],
  onFailure: string,
): Promise<number> {
  const report = await collectReport(laptop, played);
  mkdirSync(dirname(directories.report), { recursive: true });
  writeFileSync(directories.report, renderReport(report));
  console.log(
    `\n${renderMessages(report.messages)}\n\n${renderHotTable(report.hotPosts, process.stdout.columns)}\n${report.alarm ? `\n${volumeText(report.alarm)}\n` : ''}${await costText(laptop, played)}\nReport: ${directories.report}`,
  );
  const failed = played.find(({ status }) => status !== 'SUCCEEDED');
  if (!failed) return 0;
  console.error(`Batch ${failed.batch} ${failed.status}: ${failed.error ?? ''}: ${failed.cause ?? ''}\n${onFailure}`);
  return 1;
}

function engineOf({ application }: Laptop): TransformEngine {
  return application.sparkApplications.length > 0 ? 'emr-serverless' : 'emr-step';
}

/** A price that is missing is said, and fails no run. */
async function costText(laptop: Laptop, played: readonly PlayedBatch[]): Promise<string> {
  const manifests = [...(await foldedManifests(laptop, played)).values()];
  try {
    const line = costLine(manifests, join(repository, 'template.yaml'), engineOf(laptop));
    return line === '' ? '' : `\n${line}\n`;
  } catch (error) {
    return `\nWhat it would have cost on AWS is not known: ${errorMessage(error)}\n`;
  }
}
