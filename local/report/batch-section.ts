import { type Markup, html } from './html.ts';
import { statusChip } from './level-chip.ts';
import type { BatchReport } from './report-data.ts';
import { batchInstant, durationText, seoulMinute } from './seoul-time.ts';

const STAGES = ['search', 'plan', 'extract', 'transform', 'load', 'alarm'];

/** A batch a column: its status, then what each of its stages counted. */
export function batchSection(batches: readonly BatchReport[]): Markup {
  if (batches.length === 0)
    return html`<h2>Batches</h2>
      <p class="card empty">No batch has run yet.</p>`;
  return html`<h2>Batches</h2>
    <div class="card scroll">
      <table class="small batches">
        <thead>
          <tr>
            <th colspan="2">Seoul time</th>
            ${batches.map(batchHeading)}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th colspan="2">status</th>
            ${batches.map((batch) => html`<td class="number">${statusChip(batch.status)}</td>`)}
          </tr>
          <tr>
            <th colspan="2">took</th>
            ${batches.map((batch) => html`<td class="number">${durationText(batch.milliseconds)}</td>`)}
          </tr>
          ${stagesOf(batches).map((stage) => stageRows(stage, batches))}
        </tbody>
      </table>
    </div>`;
}

function batchHeading({ batch, executionName }: BatchReport): Markup {
  const [date = '', time = ''] = seoulMinute(batchInstant(batch)).split(' ');
  const rerun = executionName.startsWith(`${batch}-`) ? executionName.slice(batch.length + 1) : '';
  return html`<th class="number" title="${executionName}">${date}<br /><b>${time}</b> ${rerun}</th> `;
}

function stageRows(stage: string, batches: readonly BatchReport[]): Markup {
  const names = [...new Set(batches.flatMap((batch) => Object.keys(batch.counts[stage] ?? {})))];
  const rows = names.map(
    (name, index) =>
      html`<tr class="${index === 0 ? 'first' : 'next'}">
        ${index === 0 ? html`<th rowspan="${names.length}">${stage}</th>` : html``}
        <th class="count">${name.replaceAll('_', ' ')}</th>
        ${batches.map((batch) => html`<td class="number">${batch.counts[stage]?.[name]?.toLocaleString('en') ?? '–'}</td>`)}
      </tr> `,
  );
  return html`${rows}`;
}

function stagesOf(batches: readonly BatchReport[]): string[] {
  const stages = new Set(batches.flatMap((batch) => Object.keys(batch.counts)));
  return [...STAGES.filter((stage) => stages.has(stage)), ...[...stages].filter((stage) => !STAGES.includes(stage)).sort()];
}
