import type { Manifest } from '../../../common/contracts/manifest.ts';

/** How well a site's pages could be parsed in one batch. `examples`: at most three sentences of what was not found. */
export interface SiteLayout {
  readonly site: string;
  readonly posts: number;
  readonly changedPosts: number;
  readonly lists: number;
  readonly changedLists: number;
  readonly examples: readonly string[];
  /** `unclear`: too little was read to say. */
  readonly state: 'drifting' | 'healthy' | 'unclear';
}

/** A few odd posts are no new layout. */
const MOST_CHANGED_SHARE = 0.2;
const LEAST_CHANGED_POSTS = 3;
const MOST_EXAMPLES = 3;

/**
 * The sites that a batch's manifests speak of. A site drifts when at least three of its posts, and more than a fifth, no longer parse, or
 * when any of its lists holds nothing that parses.
 */
export function siteLayouts(tasks: readonly Manifest[]): SiteLayout[] {
  const sites = [...new Set(tasks.flatMap(({ site }) => site ?? []))];
  return sites.map((site) =>
    siteLayout(
      site,
      tasks.filter((task) => task.site === site),
    ),
  );
}

function siteLayout(site: string, tasks: readonly Manifest[]): SiteLayout {
  const sum = (stage: Manifest['stage'], name: string) =>
    tasks.reduce((total, task) => total + (task.stage === stage ? (task.counts[name] ?? 0) : 0), 0);
  const posts = sum('extract', 'posts');
  const changedPosts = sum('extract', 'layoutChanged');
  const lists = sum('search', 'lists');
  const changedLists = sum('search', 'layoutChanged');
  const problems = tasks.flatMap((task) => task.problems).filter(({ kind }) => kind === 'LayoutChangedError');
  const examples = [...new Set(problems.map(({ message }) => message))].slice(0, MOST_EXAMPLES);

  const isLarge = changedPosts > MOST_CHANGED_SHARE * (posts + changedPosts);
  const isDrifting = changedLists > 0 || (isLarge && changedPosts >= LEAST_CHANGED_POSTS);
  const isHealthy = posts + lists > 0 && !isLarge;
  return { site, posts, changedPosts, lists, changedLists, examples, state: isDrifting ? 'drifting' : isHealthy ? 'healthy' : 'unclear' };
}
