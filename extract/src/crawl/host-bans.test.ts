import { HostBannedError, HostBusyError } from '../../../common/errors.ts';
import { openReader, page, START, whole } from './reader-fixture.ts';
import { processHosts } from './process-hosts.ts';
import { skippingTime } from './reading-fixture.ts';

const HOST = '127.0.0.1:9';
const MINUTE = 60_000;
const challenge = '<html><head><title>Just a moment...</title></head></html>';

describe('a host that keeps us out', () => {
  it.each([
    ['403', { status: 403 }],
    ['406', { status: 406 }],
    ['429', { status: 429 }],
    ['430', { status: 430 }],
    ['a challenge in the place of a page', { status: 200, text: challenge }],
    ['a challenge in the place of an error', { status: 503, text: challenge }],
  ])('by %s is left alone, without another try', async (_, answer) => {
    const { reader, hosts, paths } = openReader({ '/a': [answer] });

    const failure: unknown = await reader.read(page('/a')).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(HostBannedError);
    expect(failure).toMatchObject({ name: 'HostBannedError', host: HOST, status: answer.status });
    expect(paths()).toEqual(['/robots.txt', '/a']);
    expect(await hosts.read(HOST)).toMatchObject({ status: answer.status, isBan: true });
  });

  it('is left alone by every other reader too, which need not wait to know', async () => {
    const hosts = processHosts();
    const time = skippingTime(START);
    const first = openReader({ '/a': [{ status: 403 }] }, { hosts, time });
    const second = openReader({ '/b': [whole] }, { hosts, time, until: 10 * MINUTE });
    await expect(first.reader.read(page('/a'))).rejects.toThrow(HostBannedError);
    const before = time.now();

    await expect(second.reader.read(page('/b'))).rejects.toThrow(`${HOST} keeps us out (403); it is left alone until 2023-11-14T22:1`);

    expect(second.paths()).toEqual([]);
    expect(time.now() - before).toBeLessThan(1000);
  });

  it('is left alone for longer each time in a row, and for a minute again after a good answer', async () => {
    const hosts = processHosts();
    const time = skippingTime(START);
    const lengths: number[] = [];
    const out = { status: 403 };
    const { reader } = openReader({ '/a': [out, out, out, out, whole, out] }, { hosts, time, until: 9 * 3600_000 });

    for (let visit = 0; visit < 6; visit += 1) {
      await reader.read(page('/a')).catch(() => undefined);
      const wait = (await hosts.read(HOST)).notBefore - time.now();
      if (wait > 0) lengths.push(wait / MINUTE);
      await time.sleep(Math.max(wait, 0));
    }

    expect(lengths).toEqual([1, 2, 4, 8, 1]);
  });

  it('names its own time', async () => {
    const { reader, hosts, time } = openReader({ '/a': [{ status: 403, retryAfter: '7200' }] });

    await expect(reader.read(page('/a'))).rejects.toThrow(HostBannedError);

    expect((await hosts.read(HOST)).notBefore - time.now()).toBe(7_200_000);
    await expect(reader.read(page('/a'))).rejects.toThrow(HostBannedError);
  });

  it('does so for a robots.txt of 429 too, but not of 403, which forbids nothing', async () => {
    const busy = openReader({ '/robots.txt': [{ status: 429 }] });
    const closed = openReader({ '/robots.txt': [{ status: 403 }], '/a': [whole] });

    await expect(busy.reader.read(page('/a'))).rejects.toThrow(HostBannedError);
    await expect(closed.reader.read(page('/a'))).resolves.toMatchObject({ status: 200 });
  });
});

describe('a host that asks to wait', () => {
  it.each([
    ['seconds', 429, '7', 7000],
    ['a date', 429, new Date(START + 9000).toUTCString(), 9000],
    ['seconds, being down', 503, '5', 5000],
  ])('is asked again when Retry-After says in %s', async (_, status, retryAfter, wait) => {
    const { reader, asked } = openReader({ '/a': [{ status, retryAfter }, whole] });

    await reader.read(page('/a'));

    const again = asked.at(-1)?.at ?? 0;
    expect(again - START).toBeGreaterThanOrEqual(wait);
    expect(again - START).toBeLessThan(wait + 1500);
  });

  it('is asked again in time also where no delay spaces requests', async () => {
    const answers = { '/robots.txt': [{ status: 404 }], '/a': [{ status: 429, retryAfter: '7' }, whole] };
    const { reader, asked } = openReader(answers, { delayMs: 0 });

    await reader.read(page('/a'));

    expect((asked.at(-1)?.at ?? 0) - START).toBe(7000);
  });

  it('longer than this task lives holds every other reader off as well', async () => {
    const hosts = processHosts();
    const time = skippingTime(START);
    const first = openReader({ '/a': [{ status: 503, retryAfter: '300' }] }, { hosts, time });
    const second = openReader({ '/b': [whole] }, { hosts, time });
    const longer = openReader({ '/b': [whole] }, { hosts, time, until: 10 * MINUTE });

    await expect(first.reader.read(page('/a'))).rejects.toThrow(HostBusyError);
    await expect(second.reader.read(page('/b'))).rejects.toThrow(HostBusyError);
    await longer.reader.read(page('/b'));

    expect(second.paths()).toEqual([]);
    expect((longer.asked.at(-1)?.at ?? 0) - START).toBeGreaterThanOrEqual(300_000);
  });

  it.each(['1', '0', new Date(START - 60_000).toUTCString()])('time after time (%s) keeps us out', async (retryAfter) => {
    const { reader, paths, hosts, time } = openReader({ '/a': [{ status: 429, retryAfter }], '/b': [whole] }, { until: 10 * MINUTE });

    await expect(reader.read(page('/a'))).rejects.toThrow(HostBannedError);
    await expect(reader.read(page('/b'))).rejects.toThrow(HostBannedError);

    expect(paths()).toHaveLength(4);
    const { notBefore, isBan } = await hosts.read(HOST);
    expect([notBefore - time.now() > 0.9 * MINUTE, isBan]).toEqual([true, true]);
  });
});
