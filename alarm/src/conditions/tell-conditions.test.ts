import type { Manifest } from '../../../common/contracts/manifest.ts';
import { answer, fakeChannels } from '../channels/fake-channels.ts';
import type { Episodes } from './episodes.ts';
import { memoryEpisodes } from './memory-episodes.ts';
import { layoutConditions } from './layout-conditions.ts';
import { tellConditions } from './tell-conditions.ts';

const DRIFTING = { posts: 1, layoutChanged: 9 };
const HEALTHY = { posts: 10, layoutChanged: 0 };
const UNREAD = { posts: 0, layoutChanged: 0 };

let slack: ReturnType<typeof fakeChannels>;
let deps: Parameters<typeof tellConditions>[2];
beforeEach(() => {
  slack = fakeChannels();
  deps = { ...slack.deps, episodes: memoryEpisodes(), language: 'ko', operator: 'slack' };
});

/** A batch of the 20th of November at this hour (above 24: of the days after it). */
const batchAt = (hour: number) => `202611${20 + Math.floor(hour / 24)}T${String(hour % 24).padStart(2, '0')}0000Z`;

function see(hour: number, counts: Manifest['counts'], site = 'clien') {
  const batch = batchAt(hour);
  const task: Manifest = { batch, stage: 'extract', part: 'x-0001', site, counts, problems: [] };
  return tellConditions(batch, layoutConditions([task]), deps, slack.remainingMilliseconds);
}

it('tells once while a site drifts, though its batches run again', async () => {
  expect(await see(0, DRIFTING)).toBe(1);
  expect(await see(0, DRIFTING)).toBe(0);
  expect(await see(1, DRIFTING)).toBe(0);
  expect(await see(40, DRIFTING)).toBe(0);

  expect(slack.received.map(({ text }) => text)).toEqual([
    '[운영] 화면이 바뀜: 클리앙 – 글 9개, 목록 0쪽을 읽지 못함, batch 20261120T000000Z',
  ]);
});

it('tells of each site by itself', async () => {
  await see(0, DRIFTING);

  expect(await see(0, DRIFTING, 'bobaedream')).toBe(1);
});

it('tells again of a site that was healthy in between, but not within a day', async () => {
  await see(0, DRIFTING);
  await see(1, HEALTHY);

  expect(await see(2, DRIFTING)).toBe(0);
  expect(await see(23, DRIFTING)).toBe(0);
  expect(await see(24, DRIFTING)).toBe(1);
  expect(await see(49, DRIFTING)).toBe(0);
});

it('takes a batch that read nothing of the site for no sign of health', async () => {
  await see(0, DRIFTING);
  await see(1, UNREAD);

  expect(await see(30, DRIFTING)).toBe(0);
});

it('learns nothing of today from an older batch that is run again', async () => {
  await see(0, DRIFTING);
  await see(5, HEALTHY);
  expect(await see(0, DRIFTING)).toBe(0);

  await see(40, DRIFTING);
  await see(5, HEALTHY);
  expect(await see(41, DRIFTING)).toBe(0);
  expect(slack.received).toHaveLength(2);
});

it('tells in the next batch what Slack did not take', async () => {
  slack.planted.push(answer(410, 'channel_is_archived'));
  await expect(see(0, DRIFTING)).rejects.toMatchObject({ name: 'MessageRefusedError' });

  expect(await see(1, DRIFTING)).toBe(1);
});

it('leaves no second message when it dies between sending and remembering', async () => {
  const { episodes } = deps;
  const write: Episodes['write'] = (site, next) => (next.told === '' ? episodes.write(site, next) : Promise.reject(new Error('killed')));
  deps = { ...deps, episodes: { read: (site) => episodes.read(site), write } };
  await expect(see(0, DRIFTING)).rejects.toThrow('killed');

  deps = { ...deps, episodes };
  expect(await see(0, DRIFTING)).toBe(0);
  expect(await see(1, DRIFTING)).toBe(0);
  expect(slack.received).toHaveLength(1);
});
