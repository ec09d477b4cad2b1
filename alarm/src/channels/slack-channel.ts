import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel } from './channel.ts';
import type { Webhook } from './webhook.ts';

/** Posts by fetch. Redirects are not followed: a webhook never redirects, and a warning must not travel elsewhere. */
export function slackChannel(webhook: Webhook): Channel {
  return {
    name: 'Slack',
    async post(message, timeoutMilliseconds) {
      const response = await fetch(webhook.reveal(), {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(message),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMilliseconds),
      });
      return { status: response.status, body: (await response.text()).slice(0, 200), retryAfter: response.headers.get('retry-after') };
    },
    async sleep(milliseconds) {
      await sleep(milliseconds);
    },
  };
}
