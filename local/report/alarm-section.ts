import { type Markup, html } from './html.ts';
import type { AlarmReport, SiteCutReport } from './report-data.ts';

const LIMIT = 0.25;

/** How many messages the operator allows and how many went out; from which score on a post of each site is hot. */
export function alarmSection(alarm: AlarmReport | null): Markup {
  if (alarm === null)
    return html`<h2>Alarm</h2>
      <p class="card empty">No batch has set its levels yet.</p>`;
  return html`<h2>Alarm</h2>
    <p>${volumeText(alarm)}</p>
    <div class="card scroll">
      <table class="small">
        <thead>
          <tr>
            <th>Site</th>
            <th class="number">Finished posts</th>
            <th class="number">Hot below</th>
            <th class="number">Watch below</th>
            <th class="number">Stability: comments</th>
            <th class="number">recent</th>
            <th class="number">score</th>
            <th>Model</th>
          </tr>
        </thead>
        <tbody>
          ${alarm.sites.map((site) => siteRow(site, alarm.modelVersion))}
        </tbody>
      </table>
    </div>
    <p class="muted small">
      A post is hot below its site's cut: the share of the training posts that ever scored as high (docs/model-card.md). Stability compares
      the last day's posts with the four weeks before; above ${LIMIT} in three batches the operator is told.
    </p>`;
}

/** One sentence: achieved, allowed, and the share of posts that is aimed at. */
export function volumeText({ sentLastDay, maxAlertsPerDay, withheld, hotShare, postsPerDay }: AlarmReport): string {
  const kept = withheld > 0 ? ` (${withheld} kept back in the last batch)` : '';
  return (
    `Alarm: ${sentLastDay} messages about posts in 24 hours, at most ${maxAlertsPerDay}, which critical ones may pass${kept}; ` +
    `hot is the top ${(hotShare * 100).toFixed(1)} % of ${Math.round(postsPerDay)} posts a day that may alarm.`
  );
}

function siteRow({ site, finishedPosts, hotCut, watchCut, stability }: SiteCutReport, modelVersion: string): Markup {
  return html`<tr>
    <td>${site}</td>
    <td class="number">${finishedPosts}</td>
    <td class="number">${hotCut.toFixed(4)}</td>
    <td class="number">${watchCut.toFixed(4)}</td>
    ${stability.map((index) => html`<td class="number">${index === null ? 'too few' : index.toFixed(2)}</td>`)}
    <td>${modelVersion}</td>
  </tr> `;
}
