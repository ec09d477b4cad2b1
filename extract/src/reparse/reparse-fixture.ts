import type { ReparseEvent } from '../../../common/contracts/events.ts';
import { batch, keys, seal, setUp as setUpPart } from '../extract/part-fixture.ts';
import { siteNamed, type Sites } from '../sites/registry.ts';
import type { Site } from '../sites/site.ts';
import type { ReparseDependencies } from './dependencies.ts';
import { reparseBatch } from './reparse-batch.ts';

/** For tests: a part that was extracted with the parsers of yesterday; `reparse` reads it with others. */
export async function setUp(answers: Parameters<typeof setUpPart>[0], ids: string[], { extract = true } = {}) {
  const world = setUpPart(answers, ids);
  if (extract) await world.run();
  const sites = (parsePost: (site: Site) => Site['parsePost']): Sites => {
    const site = siteNamed(world.deps.sites, 'bobaedream');
    return new Map([['bobaedream', { ...site, parsePost: parsePost(site) }]]);
  };
  const reparse = (event: Partial<ReparseEvent> = {}, changed: Partial<ReparseDependencies> = {}, until = 900_000) =>
    reparseBatch(
      { batch, keywordSetName: 'default', ...event },
      { ...world.deps, data: world.data, seal, ...changed },
      { remainingMilliseconds: () => until },
    );
  const files = () => [keys.posts, keys.comments].map((key) => world.data.texts.get(key));
  return { ...world, sites, reparse, files };
}
