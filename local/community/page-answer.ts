import type { RequestKind } from './server-log.ts';
import type { PostState } from './world/world-post.ts';

/** A request, read. */
export interface PageRequest {
  readonly method: string;
  readonly url: URL;
  readonly form: URLSearchParams;
  readonly referer: string;
  readonly origin: string;
  /** X-Requested-With: what a page's own script sends. */
  readonly requestedWith: string;
}

/** What stands at the moment: every existing post of one site, newest first, and the time (epoch milliseconds). */
export interface Standing {
  readonly posts: readonly PostState[];
  readonly now: number;
}

/** The answer to a request: pure, the same for the same request and standing. */
export interface PageAnswer {
  readonly status: number;
  readonly type: 'text/html; charset=utf-8' | 'text/plain; charset=utf-8' | 'application/json; charset=utf-8';
  readonly body: string;
  readonly kind: RequestKind;
  readonly board?: string;
  readonly postId?: string;
}

export function html(kind: RequestKind, body: string, about: { status?: number; board?: string; postId?: string } = {}): PageAnswer {
  return { status: 200, type: 'text/html; charset=utf-8', body, kind, ...about };
}

export function json(kind: RequestKind, body: unknown, about: { board?: string; postId?: string } = {}): PageAnswer {
  return { status: 200, type: 'application/json; charset=utf-8', body: JSON.stringify(body), kind, ...about };
}

export function robots(body: string): PageAnswer {
  return { status: 200, type: 'text/plain; charset=utf-8', body, kind: 'robots' };
}

/** The page number in a query or form: a whole number from `first`; anything else reads as the first page. */
export function pageNumber(text: string | null, first: number): number {
  return text !== null && /^\d{1,6}$/.test(text) ? Math.max(first, Number(text)) : first;
}
