import type { CommunitySite } from './world/world-post.ts';

export type RequestKind = 'robots' | 'list' | 'search' | 'post' | 'comments' | 'other';

/** One request as the community saw it; a line of NDJSON as it stands. */
export interface CommunityLogEntry {
  /** When the request came, by the machine's clock (ISO, UTC). */
  readonly real_time: string;
  /** Milliseconds by which the request may have come earlier than it was noticed, because this process was busy. */
  readonly late_ms: number;
  /** When its answer was handed over; between the two it was under way. */
  readonly answered_time: string;
  /** The instant at which the community stood (ISO, UTC). */
  readonly community_time: string;
  readonly site: CommunitySite;
  readonly method: string;
  /** Path and query as requested. */
  readonly path: string;
  /** The body of a search, or of a request for comments. */
  readonly form?: Readonly<Record<string, string>>;
  /** 0 when the connection was reset instead of answered. */
  readonly status: number;
  readonly kind: RequestKind;
  readonly board?: string;
  readonly post_id?: string;
  /** Bytes of the body that were sent. */
  readonly bytes: number;
  /** The planted fault that this request met. */
  readonly fault?: string;
  readonly user_agent: string;
}
