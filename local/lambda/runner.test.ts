import { lambdaFixture, type LambdaFixture } from './lambda-fixture.ts';

let fixture: LambdaFixture;
beforeEach(() => {
  fixture = lambdaFixture();
});
afterEach(() => fixture.remove());

describe('a function that answers', () => {
  it('gets its event and gives its answer through JSON', async () => {
    const echo = fixture.define('Echo', `export const handler = async (event) => ({ event, gone: undefined, at: new Date(0) });`);
    const runner = await fixture.start();

    const byName = await runner.invoke('echo', { 제목: '엔진 경고등', missing: undefined });
    const byArn = await runner.invoke(echo.arn, null);

    expect(byName).toEqual({ payload: { event: { 제목: '엔진 경고등' }, at: '1970-01-01T00:00:00.000Z' } });
    expect(byArn).toEqual({ payload: { event: null, at: '1970-01-01T00:00:00.000Z' } });
  });

  it('answers null for undefined', async () => {
    fixture.define('Quiet', `export const handler = async () => undefined;`);
    const runner = await fixture.start();

    expect(await runner.invoke('quiet', {})).toEqual({ payload: null });
  });

  it('sees the environment of its template and of Lambda, in UTC, and nothing of ours', async () => {
    process.env['HOTPOST_SECRET_OF_THE_PARENT'] = 'x';
    fixture.define('Env', `export const handler = async () => ({ env: process.env, hour: new Date(0).getHours(), cwd: process.cwd() });`, {
      environment: { DATA_BUCKET: 'data' },
    });
    const runner = await fixture.start();

    const { payload } = (await runner.invoke('env', {})) as { payload: { env: Record<string, string>; hour: number; cwd: string } };
    delete process.env['HOTPOST_SECRET_OF_THE_PARENT'];

    expect(payload.env).toMatchObject({
      DATA_BUCKET: 'data',
      TZ: ':UTC',
      AWS_REGION: 'ap-northeast-2',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_ACCESS_KEY_ID: 'KEYENV',
      AWS_LAMBDA_FUNCTION_NAME: 'env',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      _HANDLER: 'handler.handler',
      NODE_OPTIONS: '--enable-source-maps',
    });
    expect(payload.env['LAMBDA_TASK_ROOT']).toBe(payload.cwd);
    expect(payload.hour).toBe(0);
    const ours = Object.keys(payload.env).filter((name) => !/^(AWS_|LAMBDA_)/.test(name));
    expect(ours.sort()).toEqual(['DATA_BUCKET', 'LANG', 'NODE_OPTIONS', 'PATH', 'TZ', '_HANDLER']);
  });

  it('gets a context as Lambda makes it', async () => {
    fixture.define(
      'Context',
      `export const handler = async (event, context) => {
         const first = context.getRemainingTimeInMillis();
         await new Promise((resolve) => setTimeout(resolve, 60));
         return { ...context, first, second: context.getRemainingTimeInMillis() };
       };`,
      { timeoutSeconds: 5 },
    );
    const runner = await fixture.start();

    const { payload } = (await runner.invoke('context', {})) as { payload: Record<string, unknown> & { first: number; second: number } };

    expect(payload).toMatchObject({
      functionName: 'context',
      functionVersion: '$LATEST',
      memoryLimitInMB: '128',
      invokedFunctionArn: 'arn:aws:lambda:ap-northeast-2:000000000000:function:context',
      logGroupName: '/aws/lambda/context',
    });
    expect(payload['awsRequestId']).toMatch(/^[0-9a-f-]{36}$/);
    expect(payload.first).toBeLessThanOrEqual(5000);
    expect(payload.first - payload.second).toBeGreaterThanOrEqual(59);
  });

  it('writes its output to its own log, line by line', async () => {
    const talk = fixture.define('Talk', `export const handler = async () => { console.log('하나'); console.error('two'); };`);
    const runner = await fixture.start();

    await runner.invoke('talk', {});
    await runner.close();

    const lines = fixture.logOf(talk).trim().split('\n');
    expect(lines).toEqual(expect.arrayContaining(['하나', 'two']));
    expect(lines[0]).toMatch(/^START RequestId: /);
    expect(lines.find((line) => line.startsWith('REPORT'))).toMatch(/Memory Size: 128 MB Max Memory Used: \d+ MB$/);
  });
});

describe('environments', () => {
  const counting = `let calls = 0;
    export const handler = async ({ wait }) => {
      const call = ++calls;
      await new Promise((resolve) => setTimeout(resolve, wait ?? 0));
      return { call, pid: process.pid };
    };`;
  type Counted = { payload: { call: number; pid: number } };

  it('are used again, one event at a time', async () => {
    fixture.define('Count', counting);
    const runner = await fixture.start();

    const first = (await runner.invoke('count', {})) as Counted;
    const second = (await runner.invoke('count', {})) as Counted;
    const together = (await Promise.all([1, 2, 3].map(() => runner.invoke('count', { wait: 150 })))) as Counted[];

    expect(second.payload).toEqual({ call: 2, pid: first.payload.pid });
    expect(new Set(together.map(({ payload }) => payload.pid)).size).toBe(3);
    expect(together.map(({ payload }) => payload.call).sort()).toEqual([1, 1, 3]);
  });

  it('are as many as the limits allow; further events wait, and idle ones are ended', async () => {
    fixture.define('Count', counting);
    const runner = await fixture.start({ limits: { maxConcurrent: 2, maxIdle: 1 } });

    const together = (await Promise.all([1, 2, 3, 4].map(() => runner.invoke('count', { wait: 100 })))) as Counted[];
    const pids = [...new Set(together.map(({ payload }) => payload.pid))];

    expect(pids.length).toBeGreaterThanOrEqual(2);
    expect(pids.filter(isAlive)).toHaveLength(1);
  });

  it('see variables that change between events, in warm processes too', async () => {
    fixture.define('Clock', `export const handler = async () => [process.env.CLOCK_OFFSET_SECONDS, process.env.OTHER ?? null];`);
    let extra: Record<string, string> = { CLOCK_OFFSET_SECONDS: '10', OTHER: 'x' };
    const runner = await fixture.start({ extraEnvironment: () => extra });

    const before = await runner.invoke('clock', {});
    extra = { CLOCK_OFFSET_SECONDS: '1800' };
    const after = await runner.invoke('clock', {});

    expect([before, after]).toEqual([{ payload: ['10', 'x'] }, { payload: ['1800', null] }]);
  });

  it('are all gone after close, busy ones too', async () => {
    fixture.define('Count', counting);
    const runner = await fixture.start();
    const { payload } = (await runner.invoke('count', {})) as Counted;
    const busy = runner.invoke('count', { wait: 60_000 });

    await runner.close();

    expect(await busy).toMatchObject({ payload: { errorType: 'Runtime.ExitError' } });
    expect(isAlive(payload.pid)).toBe(false);
    await expect(runner.invoke('count', {})).rejects.toThrow('count cannot start: the local run is closing');
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
