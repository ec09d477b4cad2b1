import { Temporal } from 'temporal-polyfill';
import type { PostKey } from '../../../common/contracts/records.ts';
import type { KeptPages } from '../crawl/page-seal.ts';
import { parsedBy, putTogether, type PostReading } from '../extract/post-reading.ts';
import type { Site } from '../sites/site.ts';

/**
 * A post as the parsers of today read its kept pages, at the time at which they were fetched. `refusal`: why robots.txt kept comments
 * back then. @throws LayoutChangedError, PostGoneError
 */
export function parseKept(key: PostKey, kept: KeptPages, site: Site, refusal: string | null): PostReading {
  const collectedAt = Temporal.Instant.from(kept.collected_at);
  const [own, ...others] = kept.pages;
  const text = own?.text ?? '';
  const post = parsedBy(site, () => site.parsePost(text, collectedAt));
  const lists = others.map((page) => ({ ...parsedBy(site, () => site.parseComments(page.text, collectedAt)), address: page.url }));
  return putTogether({ key, collectedAt, post, refusal }, [{ ...post, address: own?.url ?? '' }, ...lists]);
}
