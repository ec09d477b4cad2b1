import { createServer, type AddressInfo } from 'node:net';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { EMRClient, ListClustersCommand } from '@aws-sdk/client-emr';
import { DescribeStatementCommand, RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { clientOf, endpointFixture, KNOWN_KEY, ROLE_ARN, type EndpointFixture } from './endpoint-fixture.ts';
import { ServiceError, unknownOperation, type Caller, type JsonService } from './service.ts';

let fixture: EndpointFixture;
beforeEach(async () => {
  fixture = await endpointFixture();
});
afterEach(() => fixture.remove());

const signed = (service: string, key = KNOWN_KEY) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${key}/20261120/ap-northeast-2/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

/** A service that answers one operation with the time and who asked. */
function clockService(targetPrefix: string): JsonService & { callers: Caller[]; isClosed: boolean } {
  return {
    targetPrefix,
    callers: [],
    isClosed: false,
    handle(operation, input, caller) {
      this.callers.push(caller);
      if (operation === 'DescribeStatement') return Promise.resolve({ Id: input['Id'], CreatedAt: 1_795_132_800.5 });
      if (operation === 'ListClusters') return Promise.reject(new Error('the stand-in broke'));
      if (operation === 'ListStateMachines') return Promise.reject(new ServiceError('InvalidToken', 'not that token'));
      return Promise.reject(unknownOperation('clock', operation));
    },
    close() {
      this.isClosed = true;
      return Promise.resolve();
    },
  };
}

it('outlives an address that is no percent-encoding', async () => {
  const endpoint = await fixture.start({
    services: [],
    lambda: { invoke: () => Promise.reject(new ServiceError('ResourceNotFoundException', 'no', 404)) },
  });
  const ask = (headers: Record<string, string>) =>
    fetch(`${endpoint.url}/2015-03-31/functions/%zz/invocations`, { method: 'POST', headers });

  expect((await ask({})).status).toBe(403);
  expect((await ask(signed('lambda'))).status).toBe(404);
});

describe('services', () => {
  it('are found by their target, know the caller and speak in typed values', async () => {
    const service = clockService('RedshiftData');
    const endpoint = await fixture.start({ services: [service] });

    const answer = await new RedshiftDataClient(clientOf(endpoint)).send(new DescribeStatementCommand({ Id: 'x' }));
    await endpoint.close();

    expect(answer.CreatedAt).toEqual(new Date('2026-11-20T00:00:00.500Z'));
    expect(service.callers).toEqual([{ accessKeyId: KNOWN_KEY, roleArn: ROLE_ARN }]);
    expect(service.isClosed).toBe(true);
  });

  it('fail with typed errors, and with a 500 that says why when they break', async () => {
    const endpoint = await fixture.start({ services: [clockService('ElasticMapReduce'), clockService('AWSStepFunctions')] });

    await expect(new EMRClient(clientOf(endpoint)).send(new ListClustersCommand({}))).rejects.toMatchObject({
      name: 'InternalFailure',
      message: 'the stand-in broke',
      $metadata: { httpStatusCode: 500 },
    });
    await expect(new SFNClient(clientOf(endpoint)).send(new ListStateMachinesCommand({}))).rejects.toMatchObject({ name: 'InvalidToken' });
  });

  it('that do not exist are refused', async () => {
    const endpoint = await fixture.start();

    await expect(new EMRClient(clientOf(endpoint)).send(new ListClustersCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'The local endpoint does not know the service of ElasticMapReduce.ListClusters',
    });
    const topic = await fetch(endpoint.url, { method: 'POST', headers: signed('sns'), body: 'Action=ListTopics' });
    expect([topic.status, await topic.text()]).toEqual([400, expect.stringContaining('<Code>UnknownOperationException</Code>')]);
    const bodies = [
      await fetch(endpoint.url, { method: 'POST', headers: { ...signed('x'), 'x-amz-target': 'DynamoDB_20120810.GetItem' }, body: '[' }),
    ];
    expect(await bodies[0]?.json()).toMatchObject({ __type: 'SerializationException' });
  });
});

describe('callers', () => {
  it('with an unknown key are refused as AWS does', async () => {
    const endpoint = await fixture.start();
    const client = clientOf(endpoint, 'LKIANOBODY');

    await expect(new DynamoDBClient(client).send(new ListTablesCommand({}))).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    await expect(new S3Client(client).send(new ListBucketsCommand({}))).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
  });

  it('without a signature are refused', async () => {
    const endpoint = await fixture.start();

    const s3 = await fetch(`${endpoint.url}/data-bucket/key`, { method: 'PUT', body: 'x'.repeat(1_000_000) });
    const json = await fetch(endpoint.url, { method: 'POST', headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables' }, body: '{}' });

    expect([s3.status, await s3.text()]).toEqual([403, expect.stringContaining('<Code>AccessDenied</Code>')]);
    expect([json.status, await json.json()]).toEqual([403, expect.objectContaining({ __type: 'MissingAuthenticationTokenException' })]);
  });
});

describe('Lambda invocations', () => {
  const invoke = (url: string, name: string, body: string, headers = {}) =>
    fetch(`${url}/2015-03-31/functions/${encodeURIComponent(name)}/invocations`, {
      method: 'POST',
      headers: { ...signed('lambda'), ...headers },
      body,
    });
  const invoked: unknown[] = [];
  const lambda = {
    invoke(functionName: string, payload: unknown, caller: Caller) {
      invoked.push([functionName, payload, caller.roleArn]);
      if (functionName === 'absent')
        return Promise.reject(new ServiceError('ResourceNotFoundException', 'Function not found: absent', 404));
      if (functionName === 'failing')
        return Promise.resolve({ payload: { errorType: 'HostBusyError' }, functionError: 'Unhandled' as const });
      return Promise.resolve({ payload: { got: payload } });
    },
  };

  it('pass the event and bring back the result or the error', async () => {
    const { url } = await fixture.start({ lambda });
    const arn = 'arn:aws:lambda:ap-northeast-2:000000000000:function:search';

    const good = await invoke(url, arn, '{"site":"clien"}');
    const bad = await invoke(url, 'failing', '');

    expect([good.status, good.headers.get('x-amz-function-error'), await good.json()]).toEqual([200, null, { got: { site: 'clien' } }]);
    expect([bad.status, bad.headers.get('x-amz-function-error'), await bad.json()]).toEqual([
      200,
      'Unhandled',
      { errorType: 'HostBusyError' },
    ]);
    expect(invoked[0]).toEqual([arn, { site: 'clien' }, ROLE_ARN]);
  });

  it('of type Event answer at once; what is unknown is refused', async () => {
    const { url } = await fixture.start({ lambda });

    const event = await invoke(url, 'search', '{}', { 'x-amz-invocation-type': 'Event' });
    const absent = await invoke(url, 'absent', '{}');
    const dryRun = await invoke(url, 'search', '{}', { 'x-amz-invocation-type': 'DryRun' });

    expect([event.status, await event.text()]).toEqual([202, '']);
    expect([absent.status, absent.headers.get('x-amzn-errortype')]).toEqual([404, 'ResourceNotFoundException']);
    expect(dryRun.headers.get('x-amzn-errortype')).toBe('InvalidParameterValueException');
  });
});

it('names a port that is taken, and leaves the data free', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;

  await expect(fixture.start({ port })).rejects.toThrow(`Port ${port} is taken by another program`);
  await new Promise((resolve) => other.close(resolve));

  expect((await fixture.start()).url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});
