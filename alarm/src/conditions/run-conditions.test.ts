import { LANGUAGES } from '../alarm/alert-words.ts';
import { NO_ROUTES } from '../routes/alert-routes.ts';
import { emptyCondition } from './empty-condition.ts';
import { overlapCondition } from './overlap-condition.ts';
import { quietSiteConditions, type SiteActivity } from './quiet-site-conditions.ts';
import { routingCondition } from './routing-condition.ts';
import { runConditions } from './run-conditions.ts';

const BATCH = '20261120T053000Z';

it.each([
  [0, 'healthy'],
  [1, 'unclear'],
  [5, 'unclear'],
  [6, 'drifting'],
])('after %i batches on end without a post the runs are %s', (batches, state) => {
  expect(emptyCondition({ batches, since: batches === 0 ? null : BATCH }).state).toBe(state);
});

it.each([
  ['quiet after twice its longest pause', { longestPause: 200, quietMinutes: 401 }, 'drifting'],
  ['not yet between once and twice', { longestPause: 400, quietMinutes: 600 }, 'unclear'],
  ['well within its longest pause', { longestPause: 400, quietMinutes: 400 }, 'healthy'],
  ['never quiet within six hours', { longestPause: 10, quietMinutes: 360 }, 'healthy'],
  ['quiet after six hours when posts came fast', { longestPause: 10, quietMinutes: 361 }, 'drifting'],
  ['without a pace when it has few posts', { posts: 19, longestPause: 10, quietMinutes: 2000 }, 'unclear'],
])('calls a site %s', (_what, changes, state) => {
  const site: SiteActivity = { site: 'clien', posts: 20, ...changes };

  expect(quietSiteConditions([site], new Set(['clien'])).map((condition) => [condition.subject, condition.state])).toEqual([
    ['quiet#clien', state],
  ]);
  expect(quietSiteConditions([site], new Set(['bobaedream']))).toEqual([]);
});

it.each([
  [0, 'healthy'],
  [2, 'unclear'],
  [3, 'drifting'],
])('%i skipped runs within a day are %s', (count, state) => {
  expect(overlapCondition(Array.from({ length: count }, () => BATCH)).state).toBe(state);
});

it('speaks of routes that are wrong until they are well', () => {
  expect(routingCondition({ routes: NO_ROUTES, problems: ['x'] }).state).toBe('drifting');
  expect(routingCondition({ routes: NO_ROUTES, problems: [] }).state).toBe('healthy');
});

it('gathers everything that a run shows, each under a subject of its own, with words in both languages', async () => {
  const manifest = { batch: BATCH, stage: 'extract' as const, part: 'x', site: 'clien', counts: { posts: 3 }, problems: [] };
  const stability = [{ site: 'clien', measure: 'score', batches: 3, lowest: 0.3, latest: 0.4 }];

  const conditions = await runConditions(
    BATCH,
    { tasks: [manifest], levels: { cuts: [], stability }, routing: { routes: NO_ROUTES, problems: [] } },
    {
      warehouse: {
        emptyBatches: () => Promise.resolve({ batches: 0, since: null }),
        siteActivity: () => Promise.resolve([{ site: 'clien', posts: 30, longestPause: 9, quietMinutes: 5 }]),
      },
      runRecord: { skippedWithinDay: () => Promise.resolve([]) },
    },
  );

  expect(conditions.map(({ subject }) => subject)).toEqual(['clien', 'stability#clien', 'routes', 'empty', 'quiet#clien', 'overlap']);
  for (const { notice } of conditions)
    expect(new Set(LANGUAGES.map((language) => notice(BATCH, language).heading)).size).toBe(LANGUAGES.length);
});
