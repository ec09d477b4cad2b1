import { createHash } from 'node:crypto';
import { escapeHtml } from '../pages/html.ts';

/** Lists of this community with the names that their pages print. */
export const LISTS: Readonly<Record<string, string>> = { best: '포텐 터짐 최신순', best2: '포텐 터짐 화제순' };

/** A whole page around its content. `head` goes to the end of the head. */
export function layout(title: string, content: string, head = ''): string {
  const menu = Object.entries(LISTS).map(([path, name]) => `<li><a href="/${path}">${name}</a></li>`);
  return `<!DOCTYPE html>
<html lang="ko">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)} - 에펨코리아</title>
${head}
</head>
<body>
<div class="header"><a href="/">에펨코리아</a>
<ul class="gnb">${menu.join(' ')}</ul>
</div>
<div class="content_dummy" id="content">
${content}
</div>
<div class="footer"><p>이 페이지의 글과 별명은 모두 지어낸 것입니다.</p></div>
</body>
</html>
`;
}

/** What a post that is gone or never was answers; fmkorea's own words are not known to us. */
export function messagePage(message: string): string {
  return layout('안내', `<div class="xe_message"><h1>${message}</h1></div>`);
}

/** A person as a link with a level icon, as everywhere on the site. */
export function memberPlate(name: string): string {
  const number = createHash('sha256').update(`fmkorea ${name}`).digest().readUInt32LE(0);
  return `<a href="#popup_menu_area" class="member_${number} member_plate" onclick="return false"><img class="level" src="/level/${number % 30}.png" alt="${number % 30}레벨">${escapeHtml(name)}</a>`;
}
