import type { PageAnswer } from '../local/community/page-answer.ts';
import { randomFor, type Random } from '../local/community/world/random.ts';

/** What a real page weighs: saved pages of 2026 have about 175 kB, most of it around the post. */
const PAGE_BYTES = 175_000;

const WORDS = [
  '시승',
  '정비',
  '중고',
  '신차',
  '보험',
  '튜닝',
  '타이어',
  '블랙박스',
  '세차',
  '장착',
  '견적',
  '후기',
  '사진',
  '질문',
  '모임',
];

/** A page with the menus, side lists and scripts that a real one carries besides; fragments and refusals stay as they are. */
export function furnished(page: PageAnswer): PageAnswer {
  if (page.status !== 200 || !page.body.includes('<div id="container">')) return page;
  const missing = Math.max(0, PAGE_BYTES - Buffer.byteLength(page.body));
  const random = randomFor('furniture', page.board ?? '', page.postId ?? '');
  const body = page.body
    .replace('<div id="container">', `${script(random, missing * 0.25)}\n${menu(random, missing * 0.25)}\n<div id="container">`)
    .replace('<div id="footer">', `${sideLists(random, missing * 0.3)}\n<div id="footer">`)
    .replace('</body>', `${script(random, missing * 0.2)}\n</body>`);
  return { ...page, body };
}

function menu(random: Random, bytes: number): string {
  const item = (index: number) =>
    `<li class="depth2 m${index}"><a href="/menu/${random.integer(100, 999)}?from=gnb" onclick="gnbClick('${index}');" title="${words(random)}"><span class="txt">${words(random)}</span></a></li>`;
  return `<div class="gnbArea"><ul class="depth1">\n${filled(bytes, item)}\n</ul></div>`;
}

function sideLists(random: Random, bytes: number): string {
  const item = (index: number) =>
    `<li><span class="rank">${index}</span><a href="/side/${random.integer(10_000, 99_999)}"><img class="thumb" src="/img/${random.integer(1, 9999)}.jpg" width="80" height="60" alt=""><strong class="tit">${words(random)}</strong></a><em class="reply">[${random.integer(1, 200)}]</em><span class="hit">${random.integer(100, 90_000)}</span></li>`;
  return `<div class="sideArea"><div class="box"><h3>많이 본 글</h3><ol class="rankList">\n${filled(bytes, item)}\n</ol></div></div>`;
}

function script(random: Random, bytes: number): string {
  const line = (index: number) =>
    `  adSlots.push({slot: 'div-gpt-${random.integer(1e6, 9e6)}', size: [${random.integer(100, 970)}, ${random.integer(50, 600)}], path: '/20${index}/board/${random.integer(1, 99)}', lazy: ${random.chance(0.5)}});`;
  return `<script type="text/javascript">\nvar adSlots = [];\n${filled(bytes, line)}\n</script>`;
}

function words(random: Random): string {
  return Array.from({ length: random.integer(2, 5) }, () => random.pick(WORDS)).join(' ');
}

/** Lines until they weigh enough. */
function filled(bytes: number, line: (index: number) => string): string {
  const lines: string[] = [];
  for (let left = bytes; left > 0;) {
    const next = line(lines.length + 1);
    lines.push(next);
    left -= Buffer.byteLength(next) + 1;
  }
  return lines.join('\n');
}
