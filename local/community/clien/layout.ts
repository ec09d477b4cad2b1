import { escapeHtml } from '../pages/html.ts';
import { showsNicknameAsImage } from '../texts/people.ts';

/** Boards of this community with the names that their pages print. */
export const BOARDS: Readonly<Record<string, string>> = { cm_car: '굴러간당', park: '모두의공원' };

/** A whole page around its content. */
export function layout(title: string, content: string): string {
  const menu = Object.entries(BOARDS).map(([board, name]) => `<a class="menu-list" href="/service/board/${board}">${name}</a>`);
  return `<!DOCTYPE html>
<html lang="ko">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)} : 클리앙</title>
<link rel="stylesheet" href="/service/css/common.css">
</head>
<body>
<div class="nav_container">
  <a class="nav_logo" href="/service/">클리앙</a>
  <div class="nav_menu">${menu.join(' ')}</div>
</div>
<div class="content_view">
${content}
</div>
<footer class="footer"><p>이 페이지의 글과 별명은 모두 지어낸 것입니다.</p></footer>
</body>
</html>
`;
}

export function nickname(name: string): string {
  const shown = showsNicknameAsImage(name)
    ? `<img src="/nickname/${Buffer.from(name).toString('hex')}.png" alt="${escapeHtml(name)}">`
    : `<span>${escapeHtml(name)}</span>`;
  return `<span class="nickname">${shown}</span>`;
}

/** What a post that is gone or never was answers: a page with neither title nor text. */
export function alertPage(message: string): string {
  return layout('안내', `<script>alert("${message}"); history.back();</script>\n<div class="alert_message">${message}</div>`);
}
