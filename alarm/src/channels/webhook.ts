import { EnvironmentError } from '../../../common/errors.ts';

/** A webhook's address. It is a secret: whoever has it can post. Its text form never shows it. */
export interface Webhook {
  /** The address itself, for the one call that posts. */
  reveal(): string;
}

/**
 * Accepts a webhook only on an allowed origin, so that a wrong secret never carries warnings to a stranger.
 * @param allowed origins by comma, `https://hooks.slack.com`; a bare host means https; without a port any port of that origin.
 * @throws EnvironmentError naming the host that was refused, never the address.
 */
export function webhook(address: string, allowed: string): Webhook {
  if (!URL.canParse(address)) {
    throw new EnvironmentError(
      'SLACK_WEBHOOK_URL is not a URL; put the incoming webhook into a Slack secret of a new name and deploy with it (docs/deploy.md, Rotated secrets)',
    );
  }
  const url = new URL(address);
  const origins = allowed
    .split(',')
    .map((text) => text.trim())
    .filter(Boolean);
  if (!origins.some((origin) => isOn(url, origin))) {
    throw new EnvironmentError(
      `SLACK_WEBHOOK_URL points to ${url.protocol}//${url.host}, which WEBHOOK_ORIGINS (${origins.join(', ')}) does not allow; correct the Slack secret, or the parameter`,
    );
  }
  return { reveal: () => address };
}

function isOn(url: URL, allowed: string): boolean {
  const text = allowed.includes('://') ? allowed : `https://${allowed}`;
  if (!URL.canParse(text)) return false;
  const origin = new URL(text);
  return url.protocol === origin.protocol && url.hostname === origin.hostname && (origin.port === '' || url.port === origin.port);
}
