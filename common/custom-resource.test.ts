import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Context } from 'aws-lambda-types';
import { customResourceHandler, type CustomResourceAnswer } from './custom-resource.ts';

interface Answered {
  readonly method: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: CustomResourceAnswer;
}

let server: Server;
let url: string;
let answered: Answered[];
let refusals: number;

beforeEach(async () => {
  answered = [];
  refusals = 0;
  server = createServer((request, response) => {
    void json(request).then((body) => {
      response.statusCode = refusals > 0 ? 503 : 200;
      if (refusals > 0) refusals -= 1;
      else answered.push({ method: request.method, headers: request.headers, body: body as CustomResourceAnswer });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/answer`;
});

afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
});

const context = { functionName: 'assets', awsRequestId: 'r', getRemainingTimeInMillis: () => 1000 } as Context;

const request = (fields: object = {}) => ({
  RequestType: 'Create',
  ResponseURL: url,
  StackId: 'arn:aws:cloudformation:ap-northeast-2:000000000000:stack/hotpost/1',
  RequestId: 'request-1',
  LogicalResourceId: 'Assets',
  ResourceType: 'Custom::Assets',
  ResourceProperties: { ServiceToken: 'arn' },
  ...fields,
});

const nothing = () => Promise.resolve();

it('answers a Create with its data and an empty content type', async () => {
  const handler = customResourceHandler(
    () => ({ keys: 3 }),
    (_, deps) => Promise.resolve({ Keys: deps.keys }),
    nothing,
  );

  await handler(request(), context);

  expect(answered).toHaveLength(1);
  expect(answered[0]?.method).toBe('PUT');
  expect(answered[0]?.headers['content-type'] ?? '').toBe('');
  expect(answered[0]?.body).toMatchObject({
    Status: 'SUCCESS',
    RequestId: 'request-1',
    LogicalResourceId: 'Assets',
    PhysicalResourceId: 'Assets-request-1',
    Data: { Keys: 3 },
  });
});

it('keeps the physical id on an Update and calls only onDelete on a Delete', async () => {
  const calls: string[] = [];
  const handler = customResourceHandler(
    () => undefined,
    (event) => {
      calls.push(event.RequestType);
      return Promise.resolve({});
    },
    (event) => {
      calls.push(event.RequestType);
      return Promise.resolve();
    },
  );

  await handler(request({ RequestType: 'Update', PhysicalResourceId: 'mine' }), context);
  await handler(request({ RequestType: 'Delete', PhysicalResourceId: 'mine' }), context);

  expect(calls).toEqual(['Update', 'Delete']);
  expect(answered.map(({ body }) => [body.Status, body.PhysicalResourceId])).toEqual([
    ['SUCCESS', 'mine'],
    ['SUCCESS', 'mine'],
  ]);
});

it('answers FAILED with the reason, and ends normally, when dependencies or the work fail', async () => {
  const unbuilt = customResourceHandler(
    () => {
      throw new Error('ASSETS_BUCKET (not set)');
    },
    () => Promise.resolve({}),
    nothing,
  );
  const broken = customResourceHandler(
    () => undefined,
    () => Promise.reject(new TypeError('x'.repeat(5000))),
    nothing,
  );

  await unbuilt(request(), context);
  await broken(request(), context);

  expect(answered[0]?.body).toMatchObject({ Status: 'FAILED', Reason: 'Error: ASSETS_BUCKET (not set)' });
  expect(answered[1]?.body.Status).toBe('FAILED');
  expect(answered[1]?.body.Reason).toHaveLength(1000);
});

it('answers again when the first answer is not taken, and gives up after three', async () => {
  const handler = customResourceHandler(
    () => undefined,
    () => Promise.resolve({}),
    nothing,
  );

  refusals = 2;
  await handler(request(), context);
  refusals = 3;

  expect(answered).toHaveLength(1);
  await expect(handler(request(), context)).rejects.toThrow('503');
});

it('names what is missing in a malformed request', async () => {
  const handler = customResourceHandler(
    () => undefined,
    () => Promise.resolve({}),
    nothing,
  );

  await expect(handler({ RequestType: 'Create' }, context)).rejects.toThrow(/ResponseURL/);
});
