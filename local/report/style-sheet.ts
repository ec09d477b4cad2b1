/** The page's one style sheet: light and dark by the reader's setting, narrow screens, paper. No font or image is fetched. */
export const STYLE_SHEET = `
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --card: #fff; --ink: #1b2330; --muted: #5b6576; --line: #e2e6ed; --soft: #f0f2f6;
  --series: #2f62c9; --series-soft: #2f62c91f; --hot: #b84a12; --critical: #bb2238; --ok: #23734a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #11141a; --card: #1a1f27; --ink: #e7eaf0; --muted: #9aa5b6; --line: #2c3441; --soft: #222934;
    --series: #86a9ff; --series-soft: #86a9ff26; --hot: #ffa066; --critical: #ff7a8a; --ok: #74d3a0;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink); font-size: 15px; line-height: 1.55;
  font-family: system-ui, -apple-system, "Segoe UI", "Apple SD Gothic Neo", "Noto Sans KR", "Noto Sans CJK KR", "Nanum Gothic", NanumGothic, "Malgun Gothic", sans-serif;
  word-break: keep-all; overflow-wrap: anywhere;
}
main, header, footer { max-width: 1160px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 36px; }
h1 { margin: 0; font-size: 27px; line-height: 1.25; letter-spacing: -0.01em; }
h2 { margin: 40px 0 12px; font-size: 18px; }
h3 { margin: 0; font-size: 15px; line-height: 1.4; }
p { margin: 0; }
a { color: var(--series); text-decoration-thickness: 1px; text-underline-offset: 2px; }
.muted { color: var(--muted); }
.small { font-size: 13px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin-top: 22px; }
.tile, .card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.tile { padding: 12px 16px; }
.tile b { display: block; font-size: 25px; line-height: 1.3; font-variant-numeric: tabular-nums; }
.card { padding: 18px 20px; }
.empty { color: var(--muted); }
.scroll { overflow-x: auto; padding: 0; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 9px 14px; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
thead tr:first-child th { border-top: 0; }
thead th { color: var(--muted); font-size: 12.5px; font-weight: 600; vertical-align: bottom; word-break: normal; overflow-wrap: normal; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
table.small th, table.small td { padding: 7px 9px; }
table.small th:first-child, table.small td:first-child { padding-left: 16px; }
.batches tbody th { font-weight: 600; white-space: nowrap; }
.batches th.count { color: var(--muted); font-weight: 400; }
.batches tr.next td, .batches tr.next th { border-top: 0; padding-top: 0; }
.batches tr.next th:first-child { padding-left: 9px; }
.batches thead b { color: var(--ink); font-size: 14px; }
td.title { min-width: 280px; }
td.nowrap { white-space: nowrap; }
.chip { display: inline-block; padding: 1px 9px; border: 1px solid currentColor; border-radius: 99px; font-size: 12.5px; font-weight: 600; white-space: nowrap; }
.chip.hot { color: var(--hot); } .chip.critical, .chip.failure { color: var(--critical); } .chip.ok { color: var(--ok); } .chip.other { color: var(--muted); }
.keyword { display: inline-block; margin: 1px 4px 1px 0; padding: 0 7px; background: var(--soft); border-radius: 5px; font-size: 13px; white-space: nowrap; }
.reasons { margin: 4px 0 0; padding-left: 17px; color: var(--muted); font-size: 13px; }
.curves { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(440px, 100%), 1fr)); gap: 14px; }
figure { margin: 0; }
figcaption { margin-bottom: 6px; }
svg { display: block; width: 100%; height: auto; }
svg text { font-family: inherit; }
.chart { --plot-background: var(--card); font-size: 12px; }
.messages { display: grid; gap: 10px; margin: 0; padding: 0; list-style: none; }
.messages li { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--muted); border-radius: 8px; padding: 10px 16px; }
.messages li.hot { border-left-color: var(--hot); } .messages li.critical, .messages li.failure { border-left-color: var(--critical); }
.messages .text { margin-top: 4px; white-space: pre-wrap; }
footer { padding-top: 34px; padding-bottom: 48px; color: var(--muted); font-size: 13px; }
@media print { body { background: #fff; } .card, .tile, .messages li { break-inside: avoid; } .scroll { overflow: visible; } }
`;
