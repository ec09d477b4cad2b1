import type { Temporal } from 'temporal-polyfill';
import { answer as bobaedreamAnswer } from './bobaedream/answer.ts';
import { answer as clienAnswer } from './clien/answer.ts';
import type { CommunityWorld } from './community-world.ts';
import { faultPlan, type Faults } from './faults.ts';
import type { PageAnswer, PageRequest, Standing } from './page-answer.ts';
import type { CommunityLogEntry } from './server-log.ts';
import { listen, stop, type SiteServerOptions } from './site-server.ts';
import type { CommunitySite } from './world/world-post.ts';

export interface CommunityOptions {
  readonly world: CommunityWorld;
  /** 0 takes any free port. */
  readonly bobaedreamPort: number;
  readonly clienPort: number;
  /** 127.0.0.1 unless told. */
  readonly host?: string;
  /** Called once a request. */
  readonly log: (entry: CommunityLogEntry) => void;
  readonly faults?: Faults;
}

export interface Community {
  readonly bobaedreamUrl: string;
  readonly clienUrl: string;
  /** Moves the community to an instant; it stands still there until the next call. It starts at the world's epoch. */
  setTime(instant: Temporal.Instant): void;
  /** While a site is down it answers 500 to everything, robots.txt included. */
  setDown(site: CommunitySite, isDown: boolean): void;
  close(): Promise<void>;
}

/** Serves both sites. @throws Error naming a port that another program has; then nothing is left listening. */
export async function serveCommunity({
  world,
  bobaedreamPort,
  clienPort,
  host = '127.0.0.1',
  log,
  faults,
}: CommunityOptions): Promise<Community> {
  let time = world.epoch;
  let posts = world.postsAt(time);
  const down = new Set<CommunitySite>();
  const nextFault = faultPlan(faults);

  const optionsFor = (
    site: CommunitySite,
    port: number,
    answer: (request: PageRequest, standing: Standing) => PageAnswer,
  ): SiteServerOptions => ({
    host,
    port,
    reply(request) {
      const standing = { posts: posts.filter((post) => post.site === site), now: time.epochMilliseconds };
      const page = answer(request, standing);
      if (down.has(site)) return { answer: page, fault: 'down' };
      return { answer: page, fault: page.kind === 'robots' ? null : nextFault() };
    },
    log: (request, incoming, { answer: page, fault }, { arrived, status, bytes }) =>
      log({
        real_time: arrived.toISOString(),
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

  const bobaedream = await listen(optionsFor('bobaedream', bobaedreamPort, bobaedreamAnswer));
  const clien = await listen(optionsFor('clien', clienPort, clienAnswer)).catch(async (error: unknown) => {
    await stop(bobaedream.server);
    throw error;
  });

  return {
    bobaedreamUrl: bobaedream.url,
    clienUrl: clien.url,
    setTime(instant) {
      time = instant;
      posts = world.postsAt(instant);
    },
    setDown(site, isDown) {
      if (isDown) down.add(site);
      else down.delete(site);
    },
    async close() {
      await Promise.all([stop(bobaedream.server), stop(clien.server)]);
    },
  };
}
