import type { Temporal } from 'temporal-polyfill';
import { answer as bobaedreamAnswer } from './bobaedream/answer.ts';
import { answer as clienAnswer } from './clien/answer.ts';
import { answer as dcinsideAnswer } from './dcinside/answer.ts';
import { answer as fmkoreaAnswer } from './fmkorea/answer.ts';
import type { CommunityWorld } from './community-world.ts';
import { faultPlan, type Faults } from './faults.ts';
import { watchLateness } from './lateness.ts';
import type { PageAnswer, PageRequest, Standing } from './page-answer.ts';
import type { CommunityLogEntry } from './server-log.ts';
import { listen, stop, type SiteServerOptions } from './site-server.ts';
import { COMMUNITY_SITES, type CommunitySite } from './world/world-post.ts';

type Answer = (request: PageRequest, standing: Standing) => PageAnswer;

const ANSWERS: Readonly<Record<CommunitySite, Answer>> = {
  bobaedream: bobaedreamAnswer,
  clien: clienAnswer,
  fmkorea: fmkoreaAnswer,
  dcinside: dcinsideAnswer,
};

export interface CommunityOptions {
  readonly world: CommunityWorld;
  /** The sites are served on this port and the ones after it, in the order of COMMUNITY_SITES; 0 takes any free ones. */
  readonly firstPort: number;
  /** 127.0.0.1 unless told. */
  readonly host?: string;
  /** Called once a request. */
  readonly log: (entry: CommunityLogEntry) => void;
  readonly faults?: Faults;
}

export interface Community {
  /** Where each site is served. */
  readonly urls: Readonly<Record<CommunitySite, string>>;
  /** Moves the community to an instant; it stands still there until the next call. It starts at the world's epoch. */
  setTime(instant: Temporal.Instant): void;
  /** While a site is down it answers 500 to everything, robots.txt included. */
  setDown(site: CommunitySite, isDown: boolean): void;
  close(): Promise<void>;
}

/** Serves all sites. @throws Error naming a port that another program has; then nothing is left listening. */
export async function serveCommunity({ world, firstPort, host = '127.0.0.1', log, faults }: CommunityOptions): Promise<Community> {
  let time = world.epoch;
  let posts = world.postsAt(time);
  const down = new Set<CommunitySite>();
  const nextFault = faultPlan(faults);
  const lateness = watchLateness();

  const optionsFor = (site: CommunitySite, index: number): SiteServerOptions => ({
    host,
    port: firstPort === 0 ? 0 : firstPort + index,
    lateness,
    reply(request) {
      const standing = { posts: posts.filter((post) => post.site === site), now: time.epochMilliseconds };
      const page = ANSWERS[site](request, standing);
      if (down.has(site)) return { answer: page, fault: 'down' };
      return { answer: page, fault: page.kind === 'robots' ? null : nextFault() };
    },
    log: (request, incoming, { answer: page, fault }, { arrived, lateMs, status, bytes }) =>
      log({
        real_time: arrived.toISOString(),
        late_ms: lateMs,
        answered_time: new Date().toISOString(),
        community_time: time.toString(),
        site,
        method: request.method,
        path: incoming.url ?? '/',
        ...(request.method === 'POST' ? { form: Object.fromEntries(request.form) } : {}),
        status,
        kind: page.kind,
        ...(page.board === undefined ? {} : { board: page.board }),
        ...(page.postId === undefined ? {} : { post_id: page.postId }),
        bytes,
        ...(fault === null ? {} : { fault }),
        user_agent: incoming.headers['user-agent'] ?? '',
      }),
  });

  const servers = new Map<CommunitySite, Awaited<ReturnType<typeof listen>>>();
  const close = async () => {
    lateness.stop();
    await Promise.all([...servers.values()].map(({ server }) => stop(server)));
  };
  for (const [index, site] of COMMUNITY_SITES.entries()) {
    try {
      servers.set(site, await listen(optionsFor(site, index)));
    } catch (error) {
      await close();
      throw error;
    }
  }
  const url = (site: CommunitySite) => servers.get(site)?.url ?? '';

  return {
    urls: { bobaedream: url('bobaedream'), clien: url('clien'), fmkorea: url('fmkorea'), dcinside: url('dcinside') },
    setTime(instant) {
      time = instant;
      posts = world.postsAt(instant);
    },
    setDown(site, isDown) {
      if (isDown) down.add(site);
      else down.delete(site);
    },
    close,
  };
}
