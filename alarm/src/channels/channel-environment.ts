import * as z from 'zod';
import { objectStore } from '../../../common/object-store.ts';
import { LANGUAGES } from '../alarm/alert-words.ts';
import { readRouting, type Routing } from '../routes/read-routing.ts';
import type { Channels } from './channel.ts';
import { configuredChannels } from './configured-channels.ts';

/** The variables by which a function finds its ways to people. */
export const channelVariables = {
  SLACK_WEBHOOK_URL: z.string().min(1),
  WEBHOOK_ORIGINS: z.string().min(1),
  WEBHOOKS_SECRET_NAME: z.string().min(1),
  ALERT_TOPIC_ARN: z.string().default(''),
  ASSETS_BUCKET: z.string().min(1),
  ALERT_LANGUAGE: z.enum(LANGUAGES),
};

/** The channels and the routes of an environment. @throws EnvironmentError for a default webhook that cannot be one. */
export function channelsOf(environment: z.infer<z.ZodObject<typeof channelVariables>>): {
  readonly channels: Channels;
  routing(): Promise<Routing>;
} {
  const channels = configuredChannels({
    webhookAddress: environment.SLACK_WEBHOOK_URL,
    webhookOrigins: environment.WEBHOOK_ORIGINS,
    webhooksSecretName: environment.WEBHOOKS_SECRET_NAME,
    topicArn: environment.ALERT_TOPIC_ARN,
  });
  const assets = objectStore(environment.ASSETS_BUCKET);
  return { channels, routing: () => readRouting(assets, channels) };
}
