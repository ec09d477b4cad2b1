import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import { ServiceError, unknownOperation, type JsonService } from './service.ts';
import { readStoredJson } from './stored-json.ts';

const secretSchema = z.object({
  ARN: z.string(),
  Name: z.string(),
  SecretString: z.string(),
  VersionId: z.string(),
  /** Epoch seconds. */
  CreatedDate: z.number(),
});
type Secret = z.infer<typeof secretSchema>;

const createSchema = z.object({ Name: z.string().min(1).max(512), SecretString: z.string(), ClientRequestToken: z.string().optional() });
const putSchema = z.object({ SecretId: z.string(), SecretString: z.string(), ClientRequestToken: z.string().optional() });
const getSchema = z.object({ SecretId: z.string() });

export interface SecretsOptions {
  /** Where the secrets lie, readable by their owner only. */
  readonly file: string;
  readonly region?: string;
  readonly accountId?: string;
}

/** Secrets Manager: CreateSecret, GetSecretValue, PutSecretValue, UpdateSecret, DescribeSecret, ListSecrets; the current version only. */
export function secretsService({ file, region = 'ap-northeast-2', accountId = '000000000000' }: SecretsOptions): JsonService {
  const secrets = new Map(readSecrets(file).map((secret) => [secret.Name, secret]));
  const find = (id: string): Secret => {
    const secret = secrets.get(id) ?? [...secrets.values()].find(({ ARN }) => ARN === id || ARN.replace(/-[^-]{6}$/, '') === id);
    if (!secret) throw new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    return secret;
  };
  const store = (secret: Secret): Secret => {
    const after = new Map(secrets).set(secret.Name, secret);
    writeSecrets(file, [...after.values()]);
    secrets.set(secret.Name, secret);
    return secret;
  };

  const operations: Readonly<Record<string, (input: unknown) => unknown>> = {
    CreateSecret(input) {
      const { Name, SecretString, ClientRequestToken } = parse(createSchema, input);
      if (secrets.has(Name))
        throw new ServiceError('ResourceExistsException', `The operation failed because the secret ${Name} already exists.`);
      const ARN = `arn:aws:secretsmanager:${region}:${accountId}:secret:${Name}-${randomBytes(3).toString('hex')}`;
      return identity(store({ ARN, Name, SecretString, VersionId: ClientRequestToken ?? randomUUID(), CreatedDate: epochSeconds() }));
    },
    GetSecretValue: (input) => ({ ...find(parse(getSchema, input).SecretId), VersionStages: ['AWSCURRENT'] }),
    PutSecretValue: (input) => ({ ...identity(replace(input)), VersionStages: ['AWSCURRENT'] }),
    UpdateSecret: (input) => identity(replace(input)),
    DescribeSecret: (input) => described(find(parse(getSchema, input).SecretId)),
    ListSecrets: () => ({ SecretList: [...secrets.values()].map(described) }),
  };
  function replace(input: unknown): Secret {
    const { SecretId, SecretString, ClientRequestToken } = parse(putSchema, input);
    return store({ ...find(SecretId), SecretString, VersionId: ClientRequestToken ?? randomUUID() });
  }

  return {
    targetPrefix: 'secretsmanager',
    handle(operation, input) {
      const run = operations[operation];
      if (!run) return Promise.reject(unknownOperation('Secrets Manager', operation));
      return Promise.resolve().then(() => run(input));
    },
    close: () => Promise.resolve(),
  };
}

function identity({ ARN, Name, VersionId }: Secret) {
  return { ARN, Name, VersionId };
}

function described({ ARN, Name, VersionId, CreatedDate }: Secret) {
  return { ARN, Name, CreatedDate, VersionIdsToStages: { [VersionId]: ['AWSCURRENT'] } };
}

/** @throws ServiceError InvalidParameterException naming the field, never its value. */
function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ServiceError('InvalidParameterException', `${issue?.path.join('.') ?? 'input'}: ${issue?.message ?? 'invalid'}`);
}

function readSecrets(file: string): Secret[] {
  return existsSync(file) ? readStoredJson(file, (content) => z.array(secretSchema).parse(content)) : [];
}

/** Replaces the file in one step, so that a kill in mid-write loses nothing. */
function writeSecrets(file: string, secrets: readonly Secret[]): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(secrets, undefined, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function epochSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
