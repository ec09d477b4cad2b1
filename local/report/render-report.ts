import { alarmSection } from './alarm-section.ts';
import { batchSection } from './batch-section.ts';
import { hotPostSection } from './hot-post-section.ts';
import { type Markup, html, trusted } from './html.ts';
import { levelChip, levelClass } from './level-chip.ts';
import type { MessageReport, ProblemReport, ReportData, StateReport } from './report-data.ts';
import { batchInstant, seoulClock, seoulMinute } from './seoul-time.ts';
import { slackMarkup } from './slack-text.ts';
import { stateBars } from './state-bars.ts';
import { STYLE_SHEET } from './style-sheet.ts';

/** One self-contained page: no script, nothing fetched. Every text of a site is escaped. */
export function renderReport(data: ReportData): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>hotpost: ${headline(data)}</title>
        <style>
          ${trusted(STYLE_SHEET)}
        </style>
      </head>
      <body>
        <header>
          <h1>${headline(data)}</h1>
          <p class="muted">${period(data)}</p>
          ${tiles(data)}
        </header>
        <main>
          ${hotPostSection(data.hotPosts)} ${messageSection(data.messages)} ${alarmSection(data.alarm)} ${batchSection(data.batches)}
          ${stateSection(data.states)} ${problemSection(data.problems)}
        </main>
        <footer>hotpost · written ${seoulMinute(data.generatedAt)}, Seoul time, as are all times of this page.</footer>
      </body>
    </html> `;
  return `${page.markup}\n`;
}

function headline({ hotPosts }: ReportData): string {
  const hot = hotCount(hotPosts);
  if (hot === 0) return 'No hot post';
  const critical = hotPosts.filter((post) => post.level === 'critical').length;
  return `${hot} hot ${hot === 1 ? 'post' : 'posts'}${critical > 0 ? `, ${critical} of them critical` : ''}`;
}

function hotCount(posts: ReportData['hotPosts']): number {
  return posts.filter(({ level }) => level !== 'watch').length;
}

function period({ batches }: ReportData): string {
  const times = batches.map((batch) => batchInstant(batch.batch)).sort();
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return 'No batch has run yet.';
  if (first === last) return `One batch, ${seoulMinute(first)} in Seoul`;
  const [from, to] = [seoulMinute(first), seoulMinute(last)];
  const until = from.slice(0, 10) === to.slice(0, 10) ? seoulClock(last) : to;
  return `${batches.length} batches from ${from} to ${until} in Seoul`;
}

function tiles({ batches, messages, hotPosts, problems }: ReportData): Markup {
  const succeeded = batches.filter((batch) => batch.status === 'SUCCEEDED').length;
  const read = batches.reduce((sum, batch) => sum + (batch.counts['extract']?.['posts'] ?? 0), 0);
  const figures: [string, string][] = [
    [String(hotCount(hotPosts)), 'hot posts'],
    [String(hotPosts.length - hotCount(hotPosts)), 'posts to watch'],
    [String(messages.length), 'Slack messages'],
    [`${succeeded} / ${batches.length}`, 'batches succeeded'],
    [read.toLocaleString('en'), 'readings of posts'],
    [String(problems.length), problems.length === 1 ? 'problem' : 'problems'],
  ];
  return html`<div class="tiles">
    ${figures.map(([figure, what]) => html`<div class="tile"><b>${figure}</b><span class="muted">${what}</span></div>`)}
  </div>`;
}

function messageSection(messages: readonly MessageReport[]): Markup {
  if (messages.length === 0)
    return html`<h2>Slack messages</h2>
      <p class="card empty">None was sent.</p>`;
  return html`<h2>Slack messages</h2>
    <ol class="messages">
      ${messages.map(
        ({ sentAt, to, text, level }) =>
          html`<li class="${levelClass(level)}">
            <span class="muted small">${seoulMinute(sentAt)}</span> ${levelChip(level)}
            ${to && html`<span class="muted small">→ ${to}</span>`}
            <p class="text" lang="ko">${slackMarkup(text)}</p>
          </li>`,
      )}
    </ol>`;
}

function stateSection(states: readonly StateReport[]): Markup {
  if (states.length === 0) return html``;
  return html`<h2>States of the last execution</h2>
    <div class="card scroll"><div style="min-width: 760px; padding: 16px 20px">${stateBars(states)}</div></div>`;
}

function problemSection(problems: readonly ProblemReport[]): Markup {
  if (problems.length === 0) return html``;
  return html`<h2>Problems</h2>
    <div class="card scroll">
      <table class="small">
        <thead>
          <tr>
            <th>First batch</th>
            <th class="number">Times</th>
            <th>Stage</th>
            <th>Kind</th>
            <th>Subject</th>
            <th>What happened</th>
          </tr>
        </thead>
        <tbody>
          ${problems.map(
            (problem) =>
              html`<tr>
                <td class="nowrap">${seoulMinute(batchInstant(problem.batch))}</td>
                <td class="number">${problem.times}</td>
                <td>${problem.stage}</td>
                <td>${problem.kind}</td>
                <td>${problem.subject}</td>
                <td>${problem.message}</td>
              </tr> `,
          )}
        </tbody>
      </table>
    </div>`;
}
