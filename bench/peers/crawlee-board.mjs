// The benchmark's board, as a user of Crawlee would scrape it: list pages, posts, further pages of comments, lines of JSON.
// Usage: crawlee-board.mjs <base URL> <board> <output file> <requests at once>, in a folder where @crawlee/cheerio is installed.
import { createHmac } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { CheerioCrawler, Configuration, log, LogLevel } = createRequire(join(process.cwd(), 'package.json'))('@crawlee/cheerio');
const [base, board, output, atOnce] = process.argv.slice(2);
const KEY = '0123456789abcdef0123456789abcdef';
const COMMENTS_A_PAGE = 100;
const out = createWriteStream(output);

const write = (record) => out.write(`${JSON.stringify(record)}\n`);
const hashed = (author) => createHmac('sha256', KEY).update(`bobaedream:${author}`).digest('hex').slice(0, 32);
const number = (text) => Number(/\d[\d,]*/.exec(text)?.[0].replaceAll(',', '') ?? 0);
const iso = (milliseconds) => new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
const utc = ([, year, month, day, hour, minute], century = 0) =>
  iso(Date.UTC(century + Number(year), month - 1, day, Number(hour) - 9, minute));

function lines($, element) {
  element.find('br').replaceWith('\n');
  element.find('p').append('\n');
  return element
    .text()
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter(Boolean)
    .join('\n');
}

function writeComments($, postId, collectedAt) {
  for (const element of $('ul.basiclist#cmt_reply > li').toArray()) {
    const row = $(element);
    const text = row.find('dd[id^=small_cmt_]');
    const body = lines($, text);
    if (text.length === 0 || body.includes('삭제된 댓글입니다')) continue;
    write({
      type: 'comment',
      site: 'bobaedream',
      board,
      post_id: postId,
      comment_id: text.attr('id').replace('small_cmt_', ''),
      is_reply: row.hasClass('re'),
      author_hash: hashed(row.find('dt span.author').text().trim()),
      created_at: utc(/(\d\d)\.(\d\d)\.(\d\d)\s+(\d\d):(\d\d)/.exec(row.find('dt span.date').text()), 2000),
      collected_at: collectedAt,
      body,
      likes: number(row.find('.updownbox .first a').text()),
      dislikes: number(row.find('.updownbox .last a').text()),
    });
  }
}

const listRequest = (page) => ({
  url: `${base}/list?${new URLSearchParams({ code: board, page })}`,
  label: 'list',
  userData: { page },
});

async function readList({ $, request, crawler }) {
  const posts = $('tr[itemscope]:not(.best, .notice, .mall) a.bsubject')
    .toArray()
    .map((link) => new URL($(link).attr('href'), base).searchParams)
    .map((query) => ({ code: query.get('code'), No: query.get('No') }))
    .map((query) => ({ url: `${base}/view?${new URLSearchParams(query)}`, label: 'post', userData: { postId: query.No } }));
  if (posts.length > 0) await crawler.addRequests([...posts, listRequest(request.userData.page + 1)]);
}

async function readPost({ $, request, crawler }) {
  const { postId } = request.userData;
  const counts = $('.countGroup em.txtType').toArray();
  if (counts.length < 2) return;
  const collectedAt = iso(Date.now());
  const total = number($('.comm2').text());
  write({
    type: 'post',
    site: 'bobaedream',
    board,
    post_id: postId,
    url: request.url,
    title: $('.writerProfile dl dt[title]').attr('title').trim(),
    body: lines($, $('div.bodyCont[itemprop=articleBody]')),
    author_hash: hashed($('.nickName').text().trim()),
    created_at: utc(/(\d{4})\.(\d\d)\.(\d\d)\D{1,12}?(\d\d):(\d\d)/.exec($('.countGroup').text().split('|').at(-1))),
    collected_at: collectedAt,
    views: number($(counts[0]).text()),
    likes: number($(counts[1]).text()),
    comment_count: total,
  });
  writeComments($, postId, collectedAt);
  const pages = Math.ceil(total / COMMENTS_A_PAGE);
  if (pages < 2) return;
  const scripts = $('script').text();
  const tb = /\btb['"]?\s*[=:]\s*['"]?([\w-]+)/.exec(scripts)[1];
  const wid = /\bwid['"]?\s*[=:]\s*['"]?([\w-]+)/.exec(scripts)[1];
  const fragments = Array.from({ length: pages - 1 }, (_, index) => {
    const query = {
      tb,
      code: board,
      No: postId,
      page: index + 1,
      strLimit: COMMENTS_A_PAGE,
      strOrder: '',
      strMywrite: '',
      focus: 'top',
      wid,
    };
    return {
      url: `${base}/board_renew/bulletin/comment_list.php?${new URLSearchParams(query)}`,
      headers: { Referer: request.url },
      label: 'comments',
      userData: { postId, collectedAt },
    };
  });
  await crawler.addRequests(fragments);
}

log.setLevel(LogLevel.ERROR);
const crawler = new CheerioCrawler(
  {
    minConcurrency: Number(atOnce),
    maxConcurrency: Number(atOnce),
    respectRobotsTxtFile: true,
    useSessionPool: false,
    persistCookiesPerSession: false,
    async requestHandler(context) {
      const { $, request } = context;
      if (request.label === 'post') return readPost(context);
      if (request.label === 'comments') return writeComments($, request.userData.postId, request.userData.collectedAt);
      return readList(context);
    },
  },
  new Configuration({ persistStorage: false, purgeOnStart: false }),
);
await crawler.run([listRequest(1)]);
await new Promise((resolve) => out.end(resolve));
