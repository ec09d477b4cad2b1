import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { runCommand, newFolder } from './command-fixture.ts';

const FIXTURES = join(__dirname, '../../extract/src/sites');
const POST = join(FIXTURES, 'bobaedream/fixtures/post.html');
const ADDRESS = ['--url', 'https://www.bobaedream.co.kr/view?code=national&No=1002'];
const AT = ['--saved-at', '2026-11-20T14:00:00+09:00'];
const linesOf = (text: string) =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

it('prints the post and the comments of a page as records', async () => {
  const { status, out } = await runCommand(['parse', '--site', 'bobaedream', '--kind', 'post', ...ADDRESS, ...AT, POST]);
  const [post, ...comments] = linesOf(out);

  expect(status).toBe(0);
  expect(post).toMatchObject({
    type: 'post',
    site: 'bobaedream',
    board: 'national',
    post_id: '1002',
    collected_at: '2026-11-20T05:00:00Z',
    author_hash: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
  });
  expect(comments.length).toBeGreaterThan(1);
  expect(comments.every(({ type, post_id }) => type === 'comment' && post_id === '1002')).toBe(true);
});

it('prints the comments of a page alone, read from its input', async () => {
  const args = ['parse', '--site', 'bobaedream', '--kind', 'comments', ...ADDRESS, ...AT, '-'];
  const { status, out } = await runCommand(args, readFileSync(POST, 'utf8'));

  expect(status).toBe(0);
  expect(new Set(linesOf(out).map(({ type }) => type))).toEqual(new Set(['comment']));
});

it('reads a list in cp949 as well', async () => {
  const file = join(newFolder(), 'list.html');
  const page = readFileSync(join(FIXTURES, 'bobaedream/fixtures/list.html'), 'utf8').replaceAll(/utf-8/gi, 'euc-kr');
  writeFileSync(file, iconv.encode(page, 'cp949'));
  const { status, out } = await runCommand(['parse', '--site', 'bobaedream', '--kind', 'list', ...AT, file]);

  expect(status).toBe(0);
  expect(linesOf(out)[0]).toMatchObject({ type: 'row', board: 'national', title: expect.stringMatching(/코나/) as unknown });
});

it.each([
  ['a page that lacks a field', ['--kind', 'post', ...ADDRESS, '-'], '<html><body>x</body></html>', 'bobaedream: '],
  ['a record without its address', ['--kind', 'post', '-'], '', 'A record needs its post: give the address of the post with --url.'],
  [
    'an address of something else',
    ['--kind', 'post', '--url', 'https://example.com/', '-'],
    '',
    '--url https://example.com/ is no post of bobaedream',
  ],
  ['a file that is not there', ['--kind', 'list', 'nowhere.html'], '', 'nowhere.html cannot be read (ENOENT)'],
  ['a time that is none', ['--kind', 'list', '--saved-at', 'yesterday', '-'], '', '--saved-at yesterday is no time'],
])('says of %s what is wrong, in one sentence', async (_, args, input, sentence) => {
  const ended = await runCommand(['parse', '--site', 'bobaedream', ...args], input);

  expect(ended).toMatchObject({ status: 1, out: '' });
  expect(ended.err).toContain(sentence);
  expect(ended.err.trim().split('\n')).toHaveLength(1);
});
