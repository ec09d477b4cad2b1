import fc from 'fast-check';
import { billedSeconds, clusterMinutesARun, isKept, lambdaGigabyteSeconds, type ClusterLife } from './billing-rules.ts';

const life = (changed: Partial<ClusterLife> = {}): ClusterLife => ({
  startMinutes: 7,
  scrapeMinutes: 2,
  stepMinutes: 1.5,
  idleMinutes: 60,
  minimumMinutes: 1,
  ...changed,
});

describe('seconds with a minimum', () => {
  it.each([
    ['one short query', [{ from: 0, seconds: 5 }], 60],
    ['one long query', [{ from: 0, seconds: 75 }], 75],
    [
      'two within the paid minute',
      [
        { from: 0, seconds: 30 },
        { from: 34, seconds: 20 },
      ],
      60,
    ],
    [
      'a second one that outlasts the paid minute',
      [
        { from: 0, seconds: 30 },
        { from: 50, seconds: 40 },
      ],
      90,
    ],
    [
      'a second one after it has gone to sleep',
      [
        { from: 0, seconds: 30 },
        { from: 61, seconds: 5 },
      ],
      120,
    ],
    [
      'two at once',
      [
        { from: 10, seconds: 70 },
        { from: 0, seconds: 70 },
      ],
      80,
    ],
    [
      'one inside another',
      [
        { from: 0, seconds: 100 },
        { from: 20, seconds: 10 },
      ],
      100,
    ],
    ['nothing', [{ from: 0, seconds: 0 }], 0],
  ])('bills %s', (_what, activities, seconds) => {
    expect(billedSeconds(activities, 60)).toBe(seconds);
  });

  it('never bills less than the longest, nor more than each alone', () => {
    const activity = fc.record({ from: fc.integer({ min: 0, max: 1000 }), seconds: fc.integer({ min: 1, max: 300 }) });
    fc.assert(
      fc.property(fc.array(activity, { minLength: 1, maxLength: 8 }), (activities) => {
        const billed = billedSeconds(activities, 60);
        const alone = activities.map(({ seconds }) => Math.max(60, seconds));

        expect(billed).toBeGreaterThanOrEqual(Math.max(...alone));
        expect(billed).toBeLessThanOrEqual(alone.reduce((sum, each) => sum + each, 0));
      }),
    );
  });
});

describe('Lambda', () => {
  it.each([
    ['a second at a gigabyte', 1, 1, 1024, 1],
    ['ten half seconds at half a gigabyte', 10, 0.5, 512, 2.5],
    ['a tenth of a millisecond as a whole one', 1000, 0.0001, 1024, 1],
    ['what floating point makes of 1.1 s as 1100 ms', 1, 1.1, 1024, 1.1],
  ])('bills %s', (_what, invocations, seconds, megabytes, gigabyteSeconds) => {
    expect(lambdaGigabyteSeconds(invocations, seconds, megabytes)).toBeCloseTo(gigabyteSeconds, 10);
  });
});

describe('a cluster', () => {
  it('is kept when it idles no longer than it may, and then is billed all the time', () => {
    expect([isKept(life(), 30), clusterMinutesARun(life(), 30)]).toEqual([true, 30]);
    expect([isKept(life({ idleMinutes: 28.5 }), 30), clusterMinutesARun(life({ idleMinutes: 28.5 }), 30)]).toEqual([true, 30]);
  });

  it('is billed from its start to the end of its idling when it is not', () => {
    expect(clusterMinutesARun(life({ idleMinutes: 5 }), 30)).toBe(7 + 1.5 + 5);
    expect(clusterMinutesARun(life({ idleMinutes: 5, scrapeMinutes: 10 }), 30)).toBe(10 + 1.5 + 5);
  });

  it('is billed a minute at least, and never longer than until the next run', () => {
    const short = { startMinutes: 0.2, scrapeMinutes: 0.1, stepMinutes: 0.1, idleMinutes: 0.1 };
    expect(clusterMinutesARun(life(short), 30)).toBe(1);
    expect(clusterMinutesARun(life({ idleMinutes: 25 }), 30)).toBe(30);
  });
});
