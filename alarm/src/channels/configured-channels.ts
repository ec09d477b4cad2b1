import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import type { Destination } from '../routes/alert-routes.ts';
import type { Channel, Channels } from './channel.ts';
import { slackChannel } from './slack-channel.ts';
import { snsChannel } from './sns-channel.ts';
import { webhook } from './webhook.ts';

export interface ChannelSettings {
  /** The default webhook's address. */
  readonly webhookAddress: string;
  /** Origins that a webhook may have, by comma. */
  readonly webhookOrigins: string;
  /** Secret with further webhooks, JSON: name to address. It need not exist while no route names one. */
  readonly webhooksSecretName: string;
  /** Empty: there is no mail. */
  readonly topicArn: string;
}

/** Reads the secret of further webhooks; the SDK's errors pass. */
export type ReadSecret = (name: string) => Promise<string>;

/** Further webhooks are read from their secret each time they are prepared, so that a new one needs no deploy. @throws EnvironmentError. */
export function configuredChannels(settings: ChannelSettings, readSecret: ReadSecret = secretReader()): Channels {
  const usual = slackChannel(webhook(settings.webhookAddress, settings.webhookOrigins));
  const fixed = new Map<Destination, Channel>([['slack', usual]]);
  if (settings.topicArn !== '') fixed.set('sns', snsChannel(settings.topicArn));
  let usable = fixed;

  return {
    to: (destination) => usable.get(destination) ?? usual,
    async prepare(destinations) {
      const problems: string[] = [];
      const prepared = new Map(fixed);
      const wanted = destinations.filter((destination) => !fixed.has(destination));
      if (wanted.includes('sns'))
        problems.push('A route names sns, but the deployment has no topic; set the parameter AlertMail and deploy');
      const further = wanted.filter((destination) => destination.startsWith('slack:'));
      const addresses = further.length > 0 ? await addressesIn(settings.webhooksSecretName, readSecret) : {};
      for (const destination of further) {
        const channel = typeof addresses === 'string' ? addresses : furtherChannel(destination, addresses, settings);
        if (typeof channel === 'string') problems.push(channel);
        else prepared.set(destination, channel);
      }
      usable = prepared;
      return [...new Set(problems)];
    },
  };
}

/** The channel, or what is wrong: a sentence without the address. */
function furtherChannel(
  destination: Destination,
  addresses: Readonly<Record<string, string>>,
  settings: ChannelSettings,
): Channel | string {
  const name = destination.slice('slack:'.length);
  const address = addresses[name];
  const secret = settings.webhooksSecretName;
  if (address === undefined) return `A route names slack:${name}, but secret "${secret}" has no key "${name}"; add it there`;
  try {
    return slackChannel(webhook(address, settings.webhookOrigins));
  } catch {
    return `Key "${name}" of secret "${secret}" is no address that WEBHOOK_ORIGINS (${settings.webhookOrigins}) allows; correct it there`;
  }
}

/** The secret's addresses, or what is wrong with it. */
async function addressesIn(secret: string, readSecret: ReadSecret): Promise<Record<string, string> | string> {
  let text: string;
  try {
    text = await readSecret(secret);
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'an unknown error';
    return `Secret "${secret}" with the further webhooks cannot be read (${reason}); create it as {"<name>": "<webhook>"}`;
  }
  const parsed = z.record(z.string(), z.string()).safeParse(parseJson(text));
  return parsed.success ? parsed.data : `Secret "${secret}" is no JSON object of names and webhooks; correct it`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function secretReader(client = new SecretsManagerClient({})): ReadSecret {
  return async (name) => (await client.send(new GetSecretValueCommand({ SecretId: name }))).SecretString ?? '';
}
