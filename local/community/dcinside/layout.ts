import { escapeHtml } from '../pages/html.ts';

/** Galleries of this community with the names that their pages print. */
export const GALLERIES: Readonly<Record<string, string>> = { car_new1: '자동차' };

/** A whole page around its content. */
export function layout(title: string, content: string): string {
  const menu = Object.entries(GALLERIES).map(([id, name]) => `<a href="/board/lists/?id=${id}">${name}</a>`);
  return `<!DOCTYPE html>
<html lang="ko">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)} - 갤러리</title>
</head>
<body>
<div class="dcheader"><h1><a href="/">갤러리</a></h1><div class="gnb">${menu.join(' ')}</div></div>
<main class="dccontent">
${content}
</main>
<footer class="dcfoot"><p>이 페이지의 글과 별명은 모두 지어낸 것입니다.</p></footer>
</body>
</html>
`;
}

/** What a post that is gone, or a gallery that never was, answers: a script and nothing else. */
export function goneScript(gallery: string): string {
  return `<script type="text/javascript">location.replace("/derror/deleted/${gallery.replaceAll(/\W/g, '')}");</script>`;
}
