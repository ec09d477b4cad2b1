import { escapeHtml } from '../pages/html.ts';

/** Boards of this community with the names that their pages print. */
export const BOARDS: Readonly<Record<string, string>> = { national: '국산차게시판', freeb: '자유게시판', politic: '정치게시판' };

/** A whole page around its content. `script` goes to the end of the body. */
export function layout(title: string, content: string, script = ''): string {
  const menu = Object.entries(BOARDS).map(([code, name]) => `<li><a href="/list?code=${code}">${name}</a></li>`);
  return `<!DOCTYPE html>
<html lang="ko">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)} | 보배드림</title>
<link rel="stylesheet" type="text/css" href="/css/bobae.css">
</head>
<body>
<div id="header">
  <h1><a href="/">보배드림</a></h1>
  <form name="searchForm" method="post" action="/search"><input type="text" name="keyword"><button type="submit">검색</button></form>
  <ul class="gnb">
    ${menu.join('\n    ')}
  </ul>
</div>
<div id="container">
${content}
</div>
<div id="footer">
  <p class="copy">이 페이지의 글과 별명은 모두 지어낸 것입니다.</p>
</div>
${script}
</body>
</html>
`;
}

/** What a post, a board or a page that does not exist answers, with status 200: 121 bytes (sites.md, measured). */
export const SCRIPT_PAGE = padded(`<script type="text/javascript">alert('없는 게시물입니다.');history.back(-1);</script>`, 121);

function padded(script: string, bytes: number): string {
  return script.replace('</script>', `${' '.repeat(bytes - Buffer.byteLength(script))}</script>`);
}
