import type { Context } from 'aws-lambda-types';
import * as z from 'zod';
import { completionMarkers } from './completion-markers.ts';
import { completionSchema } from './contracts/completion.ts';
import { MissingObjectError } from './errors.ts';
import { lambdaHandler } from './lambda-handler.ts';

const context = { getRemainingTimeInMillis: () => 1234, functionName: 'f', awsRequestId: 'r' } as Context;
const schema = z.strictObject({ batch: z.string(), part: z.string(), count: z.number().default(1), completion: z.string().optional() });
const event = { batch: '20261120T050000Z', part: 'clien-0001', completion: '20261120T050000Z-r2' };
const key = 'completion/20261120T050000Z/20261120T050000Z-r2/extract/clien-0001.json';

function setUp(run: () => Promise<string>, { dependencies = () => ({}), writeFails = false } = {}) {
  const texts = new Map<string, unknown>();
  const store = {
    write(at: string, text: string) {
      if (writeFails) return Promise.reject(new Error('the bucket is away'));
      texts.set(at, completionSchema.parse(JSON.parse(text)));
      return Promise.resolve();
    },
  };
  const handler = lambdaHandler(
    schema,
    dependencies,
    run,
    completionMarkers('extract', () => store),
  );
  return { handle: (input: unknown) => handler(input, context), texts };
}

const succeed = () => Promise.resolve('read');

it('says that a task ended well', async () => {
  const { handle, texts } = setUp(succeed);

  expect(await handle(event)).toBe('read');

  expect([...texts]).toEqual([[key, { ok: true }]]);
});

it('says why a task failed, and fails all the same', async () => {
  const { handle, texts } = setUp(() => Promise.reject(new MissingObjectError(`s3://data/${'x'.repeat(2000)} does not exist`)));

  await expect(handle(event)).rejects.toThrow(MissingObjectError);

  expect(texts.get(key)).toMatchObject({ ok: false, error: 'MissingObjectError', cause: expect.stringContaining('s3://data/') as string });
});

it('says so, too, when the event is malformed but for what names the marker', async () => {
  const { handle, texts } = setUp(succeed);

  await expect(handle({ ...event, count: 'many' })).rejects.toMatchObject({ name: 'InvalidEventError' });

  expect(texts.get(key)).toMatchObject({ ok: false, error: 'InvalidEventError', cause: expect.stringContaining('count') as string });
});

it('says so, too, when the function cannot even be set up', async () => {
  const { handle, texts } = setUp(succeed, {
    dependencies: () => {
      throw new RangeError('no key');
    },
  });

  await expect(handle(event)).rejects.toThrow('no key');

  expect(texts.get(key)).toEqual({ ok: false, error: 'RangeError', cause: 'no key' });
});

it('writes nothing for an event that nobody waits for, or whose marker has no safe name', async () => {
  const { handle, texts } = setUp(succeed);

  await handle({ batch: event.batch, part: event.part });
  await handle({ ...event, part: '../../raw/post' });
  await expect(handle({ ...event, batch: 7 })).rejects.toMatchObject({ name: 'InvalidEventError' });
  await expect(handle(null)).rejects.toMatchObject({ name: 'InvalidEventError' });

  expect(texts.size).toBe(0);
});

it('lets neither success nor failure depend on the marker', async () => {
  expect(await setUp(succeed, { writeFails: true }).handle(event)).toBe('read');
  const failing = setUp(() => Promise.reject(new MissingObjectError('s3://data/key does not exist')), { writeFails: true });
  await expect(failing.handle(event)).rejects.toThrow(MissingObjectError);
});
