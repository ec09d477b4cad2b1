import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FRESHNESS } from '../src/crawl/freshness.ts';
import { readRecording } from './recorded-posts.ts';

const root = join(__dirname, '../..');
// As a command of its own: the simulation is many times slower inside of jest's sandbox.
const printed = execFileSync(process.execPath, [join(__dirname, 'simulate-freshness.ts')], { encoding: 'utf8' });

it('finds the hot posts that the recording tells of', () => {
  const posts = readRecording(join(root, 'data/comment-arrivals/kona-fire.ndjson.gz'));
  const hot = (name: string) => posts.filter(({ site, crossedAt }) => site === name && crossedAt !== null);
  const fewest = (name: string) => Math.min(...hot(name).map(({ minutes }) => minutes.length));

  expect(['clien', 'naver_cafe'].map((name) => [hot(name).length, fewest(name)])).toEqual([
    [16, 88],
    [75, 48],
  ]);
});

it('puts the constants at the knee of the default schedule', () => {
  const minutes = /ScheduleMinutes:[^]*?Default: '(\d+)'/.exec(readFileSync(join(root, 'template.yaml'), 'utf8'))?.[1] ?? '';
  const table = printed.split('A batch every').find((text) => text.startsWith(` ${minutes} minutes`)) ?? '';
  const knee = table.split('\n').find((line) => line.includes('**knee**'));
  const { shareOfAge, longestMinutes, worthwhileComments } = FRESHNESS;

  expect(knee).toContain(`| ${shareOfAge}, ${longestMinutes / 60} h, ${worthwhileComments} |`);
  expect(knee).toContain('default');
});

it('stands in the documentation as it is printed', () => {
  expect(readFileSync(join(root, 'docs/freshness.md'), 'utf8')).toContain(printed);
});
