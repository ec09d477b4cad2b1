import type { Context } from 'aws-lambda-types';
import * as z from 'zod';
import { MissingObjectError } from './errors.ts';
import { lambdaHandler } from './lambda-handler.ts';

const context = { getRemainingTimeInMillis: () => 1234, functionName: 'f', awsRequestId: 'r' } as Context;
const schema = z.strictObject({ batch: z.string() });

it('builds the dependencies once a container and hands on the time that is left', async () => {
  let built = 0;
  const handler = lambdaHandler(
    schema,
    () => (built += 1),
    (event, count, invocation) => Promise.resolve([event.batch, count, invocation.remainingMilliseconds()]),
  );

  expect(await handler({ batch: 'a' }, context)).toEqual(['a', 1, 1234]);
  expect(await handler({ batch: 'b' }, context)).toEqual(['b', 1, 1234]);
});

it('refuses a malformed event with the path of what is wrong', async () => {
  const handler = lambdaHandler(
    schema,
    () => ({}),
    () => Promise.resolve({}),
  );

  await expect(handler({ batch: 7 }, context)).rejects.toMatchObject({
    name: 'InvalidEventError',
    message: expect.stringContaining('batch:') as string,
  });
});

it('lets typed errors through', async () => {
  const handler = lambdaHandler(
    schema,
    () => ({}),
    () => Promise.reject(new MissingObjectError('s3://data/key does not exist')),
  );

  await expect(handler({ batch: 'a' }, context)).rejects.toThrow(MissingObjectError);
});
