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

it('names the secret of a dynamic reference that was not resolved', () => {
  const variables = { SLACK_WEBHOOK_URL: '{{resolve:secretsmanager:hotpost/slack:SecretString:url}}' };

  expect(() => readEnvironment({ SLACK_WEBHOOK_URL: z.string() }, variables)).toThrow('secret "hotpost/slack" was not resolved');
});
