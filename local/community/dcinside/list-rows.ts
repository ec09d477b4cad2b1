import { escapeHtml } from '../pages/html.ts';
import { seoulParts } from '../pages/seoul-time.ts';
import { dcinsideWriter } from '../texts/people.ts';
import type { PostState } from '../world/world-post.ts';

/** What stands before the posts on every page of a list. The class attributes hold line feeds, as the site's own do. */
export function markedRows(gallery: string): string[] {
  return [
    `<tr class="ub-content
us-post " data-no="3" data-type="icon_notice"><td class="gall_num">공지</td><td class="gall_tit ub-word"><a href="/board/view/?id=${gallery}&amp;no=3&amp;page=1">갤러리 이용 안내</a></td><td class="gall_writer ub-writer" data-nick="운영자" data-uid="admin" data-ip=""></td><td class="gall_date" title="2020-01-02 09:00:00">20/01/02</td><td class="gall_count">91204</td><td class="gall_recommend">0</td></tr>`,
    `<tr class="ub-content us-post" data-no="55" data-type="icon_survey"><td class="gall_num">설문</td><td class="gall_tit ub-word"><a href="/survey/55">겨울에 타고 싶은 차는?</a></td><td class="gall_date">20/12/01</td><td class="gall_count">-</td><td class="gall_recommend">-</td></tr>`,
    `<tr class="ub-content "><td class="gall_num">AD</td><td class="gall_tit ub-word"><a href="https://ad.example/click?c=4">겨울 타이어 특가</a></td><td class="gall_date"></td></tr>`,
  ];
}

/** A post's row, in a list or below another post. `now`: epoch milliseconds. */
export function listRow(post: PostState, now: number): string {
  const count = post.comments.length;
  const href = `/board/view/?id=${post.board}&amp;no=${post.postId}`;
  const replies = `<a class="reply_numbox" href="${href}&amp;t=cv&amp;page=1"><span class="reply_num">[${count}]</span></a>`;
  return `<tr class="ub-content
us-post " data-no="${post.postId}" data-type="icon_txt">
  <td class="gall_num">${post.postId}</td>
  <td class="gall_tit ub-word"><a href="${href}&amp;page=1"><em class="icon_img icon_txt"></em>${escapeHtml(post.title)}</a>${count > 0 ? ` ${replies}` : ''}</td>
  <td class="gall_writer ub-writer" ${writerAttributes(post.author)}><span class="nickname"><em>${escapeHtml(post.author)}</em></span></td>
  ${dateCell(post, now)}
  <td class="gall_count">${post.views}</td><td class="gall_recommend">${post.likes}</td>
</tr>`;
}

export function writerAttributes(name: string): string {
  const { id, ip } = dcinsideWriter(name);
  return `data-nick="${escapeHtml(name)}" data-uid="${id}" data-ip="${ip}"`;
}

/** Now and then the cell lacks its title: then only the clock of today, or day and month, is there. */
function dateCell({ createdAt, postId }: PostState, now: number): string {
  const { month, day, hourMinute, full } = seoulParts(createdAt);
  const short = full.slice(0, 10) === seoulParts(now).full.slice(0, 10) ? hourMinute : `${month}.${day}`;
  const title = Number(postId) % 4 === 3 ? '' : ` title="${full}"`;
  return `<td class="gall_date"${title}>${short}</td>`;
}
