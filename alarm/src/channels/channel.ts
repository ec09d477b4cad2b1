import type { Destination } from '../routes/alert-routes.ts';
import type { SlackMessage } from '../slack/blocks.ts';

/** What a channel answered to one attempt. */
export interface ChannelAnswer {
  /** As in HTTP: 200 taken, 429 not now, other 4xx refused for good, anything else unknown. */
  readonly status: number;
  /** The channel's own word for a refusal; at most its beginning is passed on. */
  readonly body: string;
  /** Seconds to wait, as text; null when it does not say. */
  readonly retryAfter: string | null;
}

/** A way to people: Slack, or mail through SNS. Messages are written once, as Slack's blocks; a channel that has none turns them into text. */
export interface Channel {
  readonly name: 'Slack' | 'SNS';
  /** One attempt, given up after the time-out. @throws when no answer came: the message may have arrived. */
  post(message: SlackMessage, timeoutMilliseconds: number): Promise<ChannelAnswer>;
  sleep(milliseconds: number): Promise<void>;
}

/** The channels of a deployment by destination. */
export interface Channels {
  /** Looks up what the destinations need now. Gives a sentence for each that cannot be used: its messages go to the default webhook. */
  prepare(destinations: readonly Destination[]): Promise<string[]>;
  /** The channel of a destination; the default webhook for one that cannot be used or was not prepared. */
  to(destination: Destination): Channel;
}
