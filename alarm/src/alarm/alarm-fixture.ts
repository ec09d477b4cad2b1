import { Logger } from '@aws-lambda-powertools/logger';
import type { AlarmEvent } from '../../../common/contracts/events.ts';
import type { Invocation } from '../../../common/lambda-handler.ts';
import type { Manifest } from '../../../common/contracts/manifest.ts';
import { memoryEpisodes } from '../conditions/memory-episodes.ts';
import type { Levels } from '../levels/warehouse-levels.ts';
import { memoryMutes } from '../mutes/mutes.ts';
import type { RunEnd } from '../manifest/fold-manifests.ts';
import { fakeChannels } from '../channels/fake-channels.ts';
import { NO_ROUTES } from '../routes/alert-routes.ts';
import type { Routing } from '../routes/read-routing.ts';
import type { Alert } from './alert.ts';
import type { AlarmDependencies } from './send-alarms.ts';
import type { SentAlert } from './warehouse-alerts.ts';

export const BATCH = '20261120T053000Z';

/** An invented post that has reached level hot. */
export function alertOf(changes: Partial<Alert> = {}): Alert {
  return {
    site: 'bobaedream',
    board: 'national',
    post_id: '2000001',
    level: 'hot',
    batch: BATCH,
    url: 'https://www.bobaedream.co.kr/view?code=national&No=2000001',
    title: '코나 일렉트릭 출고 이틀 만에 멈췄습니다',
    keywords: ['코나'],
    age_minutes: 42,
    comments_seen: 37,
    hot_threshold: 120,
    raw_probability: 0.18,
    impact: 1.96,
    odds_factor: 1,
    reasons: ['같은 나이의 화제 글만큼 댓글이 빠릅니다'],
    reasons_en: ['comments come as fast as for hot posts of this age'],
    body: '주차장에서 시동이 걸리지 않습니다. 같은 일을 겪으신 분 계신가요?',
    comments_last_30: 18,
    told: null,
    model_version: 'test-1',
    ...changes,
  };
}

/** An ordinary run of the default keyword set. */
export function alarmEvent(changes: Partial<AlarmEvent> = {}): AlarmEvent {
  return { batch: BATCH, keywordSetName: 'default', quiet: false, trial: false, ...changes };
}

export function silentInvocation(remainingMilliseconds: () => number = () => 120_000): Invocation {
  const logger = new Logger({ logLevel: 'SILENT' });
  return { remainingMilliseconds, logger };
}

/** The alarm with nothing real behind it: `due` and `tasks` (manifests) by batch, what Slack received, what the warehouse stored. */
export function alarmFixture() {
  const slack = fakeChannels();
  const due = new Map<string, Alert[]>();
  const tasks = new Map<string, Manifest[]>();
  const stored: SentAlert[] = [];
  const mutes = memoryMutes();
  const levels: Levels = { cuts: [], stability: [] };
  const routing: { now: Routing } = { now: { routes: NO_ROUTES, problems: [] } };
  const runs: { batch: string; counts?: Record<string, number>; figures?: Record<string, number>; end?: RunEnd }[] = [];
  const deps: AlarmDependencies = {
    ...slack.deps,
    routing: () => Promise.resolve(routing.now),
    episodes: memoryEpisodes(),
    maxAlertsPerDay: 100,
    language: 'ko',
    mutes,
    warehouse: {
      setLevels: () => Promise.resolve(levels),
      sentWithinDay: () => Promise.resolve(stored.length),
      due: (batch) => Promise.resolve((due.get(batch) ?? []).map((alert) => ({ ...alert, batch }))),
      emptyBatches: () => Promise.resolve({ batches: 0, since: null }),
      siteActivity: () => Promise.resolve([]),
      store(sent) {
        stored.push(sent);
        return Promise.resolve();
      },
    },
    runRecord: {
      write: (batch, counts, figures) => Promise.resolve(void runs.push({ batch, counts, figures })),
      fold(batch, end) {
        runs.push({ batch, end });
        const failure = end.status === 'FAILED' ? end.failure : null;
        return Promise.resolve({ batch, ...end, failure, counts: {}, tasks: tasks.get(batch) ?? [], unreadable: [] });
      },
      skippedWithinDay: () => Promise.resolve([]),
      wasQuiet: (batch) => Promise.resolve(runs.some((run) => run.batch === batch && run.end?.quiet === true)),
    },
  };
  const ledgerKeys = () => [...slack.deps.ledger.items.keys()];
  return {
    ...slack,
    deps,
    due,
    mutes,
    routing,
    tasks,
    stored,
    runs,
    ledgerKeys,
    invocation: silentInvocation(slack.remainingMilliseconds),
  };
}
