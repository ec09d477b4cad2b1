import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { assetKeys } from '../../common/object-keys.ts';
import type { JsonService } from '../endpoint/service.ts';
import type { DeployedSecret } from '../template/application.ts';
import { repository } from './directories.ts';

/** The name of the default webhook on the sink. */
export const DEFAULT_WEBHOOK = 'laptop';

/** The secrets that a person registers before a deployment; here each start does it, with values that only this machine knows. */
export interface LocalSecrets {
  /** A value for a dynamic reference. @throws ServiceError when there is no such secret. */
  value(secretId: string, jsonKey?: string): string;
  /** The password of a secret that the templates generate: the same at every start. */
  generated(name: string): string;
  /** Registers what the templates generated, so that SDK clients find it too. */
  register(secrets: readonly DeployedSecret[]): Promise<void>;
}

/** The webhooks that the checkout's routes name. A file that is wrong has none: the run itself says what is wrong with it. */
function namedWebhooks(): string[] {
  const text = readFileSync(join(repository, assetKeys.alertRoutes), 'utf8');
  return [...new Set([...text.matchAll(/"slack:([a-z][a-z0-9-]{0,31})"/g)].map(([, name]) => name ?? ''))];
}

const OPERATOR = { accessKeyId: 'operator', roleArn: 'operator' };
const storedSchema = z.object({ SecretString: z.string() });

/** `webhookUrl`: the address of a webhook of this laptop by its name; every name in config/alert-routes.json has one. */
export async function localSecrets(service: JsonService, webhookUrl: (name: string) => string): Promise<LocalSecrets> {
  const read = async (name: string) =>
    storedSchema.parse(await service.handle('GetSecretValue', { SecretId: name }, OPERATOR)).SecretString;
  const write = async (name: string, secretString: string) => {
    const known = await read(name).then(
      () => true,
      () => false,
    );
    const input = known ? { SecretId: name, SecretString: secretString } : { Name: name, SecretString: secretString };
    await service.handle(known ? 'PutSecretValue' : 'CreateSecret', input, OPERATOR);
  };
  const keep = (name: string, make: () => string) => read(name).catch(() => write(name, make()).then(() => read(name)));

  const values = new Map<string, string>();
  values.set(
    'hotpost/redshift',
    await keep('hotpost/redshift', () => JSON.stringify({ username: 'admin', password: randomBytes(18).toString('hex') })),
  );
  const seed = await keep('local/seed', () => randomBytes(32).toString('hex'));
  const slack = JSON.stringify({ url: webhookUrl(DEFAULT_WEBHOOK) });
  await write('hotpost/slack', slack);
  values.set('hotpost/slack', slack);
  await write('hotpost/slack-webhooks', JSON.stringify(Object.fromEntries(namedWebhooks().map((name) => [name, webhookUrl(name)]))));

  return {
    value(secretId, jsonKey) {
      const text = values.get(secretId);
      if (text === undefined) throw new Error(`secret "${secretId}" does not exist; the laptop run knows ${[...values.keys()].join(', ')}`);
      if (jsonKey === undefined) return text;
      const value = z.record(z.string(), z.string()).parse(JSON.parse(text))[jsonKey];
      if (value === undefined) throw new Error(`secret "${secretId}" has no key "${jsonKey}"`);
      return value;
    },
    generated: (name) => createHmac('sha256', seed).update(name).digest('hex'),
    async register(secrets) {
      for (const { name, secretString } of secrets) await write(name, secretString);
    },
  };
}
