import { arrivalCurve } from './arrival-curve.ts';
import { type Markup, html, webAddress } from './html.ts';
import { levelChip } from './level-chip.ts';
import type { HotPostReport } from './report-data.ts';
import { ageText, batchInstant, minutesBetween, seoulMinute } from './seoul-time.ts';

/** The table of hot posts, then how the comments of each arrived. */
export function hotPostSection(posts: readonly HotPostReport[]): Markup {
  if (posts.length === 0)
    return html`<h2>Hot posts</h2>
      <p class="card empty">No post was hot in these batches.</p>`;
  return html`<h2>Hot posts</h2>
    <div class="card scroll">
      <table>
        <thead>
          <tr>
            <th>Post</th>
            <th>Level</th>
            <th class="number">Comments / K</th>
            <th class="number">Impact</th>
            <th class="number">Probability</th>
            <th>Keywords</th>
            <th>First seen</th>
          </tr>
        </thead>
        <tbody>
          ${posts.map(row)}
        </tbody>
      </table>
    </div>
    <h2>How their comments arrived</h2>
    <div class="curves">${posts.map(curve)}</div>`;
}

function row(post: HotPostReport): Markup {
  return html`<tr>
    <td class="title">
      <h3>${titleLink(post)}</h3>
      <p class="muted small">
        ${post.site} · ${post.board} · written ${seoulMinute(post.createdAt)}${post.isGone ? ' · deleted or blinded since' : ''}
      </p>
      ${reasons(post.reasons)}
    </td>
    <td>${levelChip(post.level)}</td>
    <td class="number">${post.commentsSeen} / ${post.threshold}</td>
    <td class="number">${signed(post.impact)}</td>
    <td class="number">${percent(post.probability)}</td>
    <td>${post.keywords.map((keyword) => html`<span class="keyword" lang="ko">${keyword}</span>`)}</td>
    <td class="nowrap">${firstSeen(post)}</td>
  </tr> `;
}

function curve(post: HotPostReport): Markup {
  return html`<figure class="card">
    <figcaption>
      <h3>${titleLink(post)}</h3>
      <span class="muted small">${post.site} · ${post.board}</span>
    </figcaption>
    ${arrivalCurve(post)}
  </figure>`;
}

function titleLink(post: HotPostReport): Markup {
  const address = webAddress(post.url);
  const title = post.title.trim() || `(no title, ${post.postId})`;
  if (address === undefined) return html`<span lang="ko">${title}</span>`;
  return html`<a href="${address}" rel="noreferrer noopener" lang="ko">${title}</a>`;
}

function reasons(texts: readonly string[]): Markup {
  if (texts.length === 0) return html``;
  return html`<ul class="reasons">
    ${texts.map((text) => html`<li>${text}</li>`)}
  </ul>`;
}

/** When a batch first read it; the first alert stands in for it when that is not known. */
function firstSeen(post: HotPostReport): Markup {
  const alerted = post.alertedAt[0];
  const age = alerted ? minutesBetween(post.createdAt, batchInstant(alerted.batch)) : undefined;
  const alert = age === undefined ? html`not alerted` : html`alerted at ${ageText(age)}`;
  const seen = post.firstSeenAt ?? (alerted ? batchInstant(alerted.batch) : undefined);
  return html`${seen === undefined ? '–' : seoulMinute(seen)}
    <p class="muted small">${alert}</p>`;
}

function signed(impact: number): string {
  return `${impact >= 0 ? '+' : '−'}${Math.abs(impact).toFixed(2)}`;
}

function percent(probability: number): string {
  return `${(probability * 100).toFixed(probability > 0 && probability < 0.1 ? 1 : 0)}%`;
}
