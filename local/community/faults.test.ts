import { faultPlan } from './faults.ts';
import { openCommunity, testWorld } from './test-community.ts';

const REQUESTS = 2000;

it('plants each fault at its share, the same ones for the same seed', () => {
  const shares = { seed: 'faults', unavailable: 0.1, tooMany: 0.05, reset: 0.05, truncated: 0.1, cut: 0.2, slow: 0.1 };
  const run = () => {
    const next = faultPlan(shares);
    return Array.from({ length: REQUESTS }, () => next());
  };
  const faults = run();
  const share = (kind: string | null) => faults.filter((fault) => fault === kind).length / REQUESTS;

  expect(run()).toEqual(faults);
  expect(share('unavailable')).toBeCloseTo(0.1, 1);
  expect(share('too-many')).toBeCloseTo(0.05, 1);
  expect(share('reset')).toBeCloseTo(0.05, 1);
  expect(share('truncated')).toBeCloseTo(0.1, 1);
  expect(share('cut')).toBeCloseTo(0.2, 1);
  expect(share('slow')).toBeCloseTo(0.1, 1);
  expect(share(null)).toBeCloseTo(0.4, 1);
});

it('plants none by default, and refuses shares above 1', () => {
  expect(faultPlan(undefined)()).toBeNull();
  expect(() => faultPlan({ seed: 'x', reset: 0.6, cut: 0.6 })).toThrow('exceed 1');
});

describe('over the wire', () => {
  const world = testWorld();
  const path = world.truthAt(world.epoch).find((post) => post.site === 'bobaedream')?.url_path ?? '';

  async function answerUnder(fault: 'unavailable' | 'tooMany' | 'reset' | 'truncated' | 'cut') {
    const community = await openCommunity(world, { seed: 'wire', [fault]: 1 });
    try {
      const robots = await fetch(`${community.urls.bobaedream}/robots.txt`);
      const response = await fetch(community.urls.bobaedream + path);
      return {
        robots: robots.status,
        status: response.status,
        retryAfter: response.headers.get('retry-after'),
        text: await response.text(),
      };
    } finally {
      await community.close();
    }
  }

  it('answers 503', async () => {
    expect(await answerUnder('unavailable')).toMatchObject({ robots: 200, status: 503 });
  });

  it('answers 429 with Retry-After', async () => {
    expect(await answerUnder('tooMany')).toMatchObject({ robots: 200, status: 429, retryAfter: '1' });
  });

  it('resets the connection', async () => {
    await expect(answerUnder('reset')).rejects.toThrow('fetch failed');
  });

  it('breaks off in the middle of a body', async () => {
    await expect(answerUnder('truncated')).rejects.toThrow('terminated');
  });

  it('ends a page cleanly before its end', async () => {
    const { status, text } = await answerUnder('cut');

    expect(status).toBe(200);
    expect(text).toContain('<html');
    expect(text).not.toContain('</html>');
  });

  it('answers late, and the log tells how long a request was under way', async () => {
    const community = await openCommunity(world, { seed: 'wire', slow: 1 });
    const { status } = await fetch(community.urls.bobaedream + path);
    await community.close();
    const [entry] = community.entries;

    expect(status).toBe(200);
    expect(Date.parse(entry?.answered_time ?? '') - Date.parse(entry?.real_time ?? '')).toBeGreaterThan(1500);
  });

  it('answers 500 to everything while a site is down, and the other site goes on', async () => {
    const community = await openCommunity(world);
    const statuses = async () => {
      const urls = [`${community.urls.bobaedream}/robots.txt`, community.urls.bobaedream + path, `${community.urls.clien}/robots.txt`];
      return Promise.all(urls.map(async (url) => (await fetch(url)).status));
    };
    community.setDown('bobaedream', true);
    const down = await statuses();
    community.setDown('bobaedream', false);
    const up = await statuses();
    await community.close();

    expect(down).toEqual([500, 500, 200]);
    expect(up).toEqual([200, 200, 200]);
    expect(community.entries.filter((entry) => entry.fault === 'down')).toHaveLength(2);
  });
});
