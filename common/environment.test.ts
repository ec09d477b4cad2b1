import * as z from 'zod';
import { readEnvironment } from './environment.ts';

const shape = { DATA_BUCKET: z.string().min(1), DETAIL_BATCH_SIZE: z.coerce.number().int().positive() };

it('reads what the schema names', () => {
  expect(readEnvironment(shape, { DATA_BUCKET: 'data', DETAIL_BATCH_SIZE: '10', OTHER: 'x' })).toEqual({
    DATA_BUCKET: 'data',
    DETAIL_BATCH_SIZE: 10,
  });
});

it('names every variable that is missing or wrong, and never a value', () => {
  const read = () => readEnvironment(shape, { DETAIL_BATCH_SIZE: 'many', AWS_LAMBDA_FUNCTION_NAME: 'extract-fn' });

  expect(read).toThrow('Environment variable DATA_BUCKET (not set), DETAIL_BATCH_SIZE (not set) of extract-fn');
  expect(read).not.toThrow('many');
});

it.each([
  ['{{resolve:secretsmanager:hotpost/slack:SecretString:url}}', 'hotpost/slack'],
  ['{{resolve:secretsmanager:hotpost/slack}}', 'hotpost/slack'],
  [
    '{{resolve:secretsmanager:arn:aws:secretsmanager:ap-northeast-2:000000000000:secret:AuthorHashSecret-AbCdEf:SecretString:key}}',
    'arn:aws:secretsmanager:ap-northeast-2:000000000000:secret:AuthorHashSecret-AbCdEf',
  ],
])('names the secret of a dynamic reference that was not resolved: %s', (reference, secret) => {
  const read = () => readEnvironment({ SECRET: z.string() }, { SECRET: reference });

  expect(read).toThrow(`Environment variable SECRET still holds the text {{resolve:…}}: secret "${secret}" was not resolved. Create it`);
});
