import { mkdtemp, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretsService } from './secrets-service.ts';

const caller = { accessKeyId: 'key', roleArn: 'role' };
let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hotpost-secrets-'));
  file = join(directory, 'below', 'secrets.json');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const call = (operation: string, input: Record<string, unknown>) => secretsService({ file }).handle(operation, input, caller);

it('keeps a secret across restarts, by name and by ARN, for its owner only', async () => {
  const { ARN } = (await call('CreateSecret', { Name: 'hotpost/slack', SecretString: 'https://hooks.test/1' })) as { ARN: string };
  await call('PutSecretValue', { SecretId: 'hotpost/slack', SecretString: 'https://hooks.test/2' });

  for (const SecretId of ['hotpost/slack', ARN, ARN.slice(0, -7)]) {
    expect(await call('GetSecretValue', { SecretId })).toMatchObject({ Name: 'hotpost/slack', SecretString: 'https://hooks.test/2' });
  }
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await call('ListSecrets', {})).toMatchObject({ SecretList: [{ Name: 'hotpost/slack', ARN }] });
});

it('shows no value in a list or a description', async () => {
  await call('CreateSecret', { Name: 'hotpost/slack', SecretString: 'never shown' });

  const shown = JSON.stringify([await call('ListSecrets', {}), await call('DescribeSecret', { SecretId: 'hotpost/slack' })]);

  expect(shown).not.toContain('never shown');
});

it.each([
  ['GetSecretValue', { SecretId: 'absent' }, 'ResourceNotFoundException'],
  ['UpdateSecret', { SecretId: 'absent', SecretString: 'x' }, 'ResourceNotFoundException'],
  ['CreateSecret', { Name: 'taken', SecretString: 'x' }, 'ResourceExistsException'],
  ['CreateSecret', { Name: 'binary' }, 'InvalidParameterException'],
  ['RotateSecret', { SecretId: 'taken' }, 'UnknownOperationException'],
])('%s %j is refused', async (operation, input, code) => {
  await call('CreateSecret', { Name: 'taken', SecretString: 'x' });

  await expect(call(operation, input)).rejects.toMatchObject({ code });
});

it('names a damaged file and the remedy, but nothing of what it holds', async () => {
  await call('CreateSecret', { Name: 'hotpost/slack', SecretString: 'never shown' });
  await truncate(file, (await stat(file)).size - 5);

  let message = '';
  try {
    secretsService({ file });
  } catch (error) {
    message = (error as Error).stack ?? '';
  }

  expect(message).toContain(`${file} is damaged. Put a good copy in its place, or begin anew: npm start -- --fresh`);
  expect(message).not.toContain('never shown');
});
