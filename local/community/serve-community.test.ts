import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveCommunity } from './serve-community.ts';
import { afterMinutes, EPOCH, openCommunity, pageText, searchBobaedream, testWorld } from './test-community.ts';

const world = testWorld();

it('stands still between moves, and starts at the epoch', async () => {
  const still = await openCommunity(world);
  const path = world.truthAt(EPOCH).find((post) => post.site === 'bobaedream')?.url_path ?? '';
  const first = await pageText(still.urls.bobaedream + path);
  const second = await pageText(still.urls.bobaedream + path);
  still.setTime(afterMinutes(30));
  const moved = await pageText(still.urls.bobaedream + path);
  await still.close();

  expect(second).toBe(first);
  expect(moved).not.toBe(first);
});

it('logs each request with what it was for and when', async () => {
  const community = await openCommunity(world);
  community.setTime(afterMinutes(30));
  await searchBobaedream(community.urls.bobaedream, '리콜', 1);
  await pageText(`${community.urls.clien}/service/board/cm_car/1`, { 'User-Agent': 'hotpost-test' });

  await community.close();

  expect(community.entries).toEqual([
    expect.objectContaining({
      site: 'bobaedream',
      kind: 'search',
      method: 'POST',
      path: '/search',
      form: expect.objectContaining({ keyword: '리콜' }) as unknown,
      status: 200,
    }),
    expect.objectContaining({
      site: 'clien',
      kind: 'post',
      board: 'cm_car',
      post_id: '1',
      status: 404,
      community_time: '2026-09-14T04:30:00Z',
      user_agent: 'hotpost-test',
    }),
  ]);
});

it('names a port that is taken, and leaves nothing listening', async () => {
  const other = await listenInAGap();
  const { port: taken } = other.address() as AddressInfo;
  const free = taken - 1;

  await expect(serveCommunity({ world, firstPort: free, log: () => undefined })).rejects.toThrow(
    `Port ${taken} is taken by another program. Stop it, or run: npm start -- --port ${taken + 10}`,
  );
  other.close();
  await expect(fetch(`http://127.0.0.1:${free}/robots.txt`)).rejects.toThrow();
});

/** Listens on a port after a free one. Both are below those that systems give to who asks for any, as the tests beside this one do. */
async function listenInAGap(): Promise<Server> {
  for (let port = 20_001 + (process.pid % 5000) * 2; ; port += 2) {
    const both = await Promise.all([listening(port - 1), listening(port)]);
    both[0]?.close();
    if (both[0] && both[1]) return both[1];
    both[1]?.close();
  }
}

async function listening(port: number): Promise<Server | null> {
  const server = createServer().listen(port, '127.0.0.1');
  return once(server, 'listening').then(
    () => server,
    () => null,
  );
}
