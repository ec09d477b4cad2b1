import { lambdaFixture, type LambdaFixture } from './lambda-fixture.ts';

let fixture: LambdaFixture;
beforeEach(() => {
  fixture = lambdaFixture();
});
afterEach(() => fixture.remove());

it("reports a handler's error by the name that it gave itself", async () => {
  fixture.define(
    'Busy',
    `class HostBusyError extends Error { readonly name = 'HostBusyError' }
     export const handler = async () => { throw new HostBusyError('wait'); };`,
  );
  const runner = await fixture.start();

  const result = await runner.invoke('busy', {});

  expect(result).toMatchObject({ functionError: 'Unhandled', payload: { errorType: 'HostBusyError', errorMessage: 'wait' } });
  expect((result.payload as { trace: string[] }).trace[0]).toBe('HostBusyError: wait');
  expect((result.payload as { trace: string[] }).trace[1]).toMatch(/handler\.ts:2:/);
});

it('reports what is no Error by its type', async () => {
  fixture.define('Text', `export const handler = async () => { throw 'no'; };`);
  const runner = await fixture.start();

  expect(await runner.invoke('text', {})).toMatchObject({ payload: { errorType: 'string', errorMessage: 'no', trace: [] } });
});

it('kills a function at its time-out, even one that never yields, and starts anew afterwards', async () => {
  fixture.define('Loop', `export const handler = async ({ loop }) => { while (loop); return process.pid; };`, { timeoutSeconds: 1 });
  const runner = await fixture.start();
  const { payload: pid } = await runner.invoke('loop', {});

  const result = await runner.invoke('loop', { loop: true });
  const { payload: nextPid } = await runner.invoke('loop', {});

  expect(result).toMatchObject({ functionError: 'Unhandled', payload: { errorType: 'Sandbox.Timedout' } });
  expect((result.payload as { errorMessage: string }).errorMessage).toMatch(
    /^\d{4}-\d\d-\d\dT[\d:.]+Z [0-9a-f-]{36} Task timed out after 1\.00 seconds$/,
  );
  expect(() => process.kill(pid as number, 0)).toThrow('ESRCH');
  expect(nextPid).not.toBe(pid);
});

it('reports a process that leaves', async () => {
  fixture.define('Leave', `export const handler = async ({ status }) => { process.exit(status); };`);
  const runner = await fixture.start();

  const nine = await runner.invoke('leave', { status: 9 });
  const zero = await runner.invoke('leave', { status: 0 });

  expect(nine.payload).toMatchObject({ errorType: 'Runtime.ExitError' });
  expect(nine.payload).toHaveProperty(
    'errorMessage',
    expect.stringMatching(/^RequestId: .* Error: Runtime exited with error: exit status 9$/),
  );
  expect(zero.payload).toHaveProperty('errorMessage', expect.stringMatching(/Runtime exited without providing a reason$/));
});

it('reports a full heap as the end of the process', async () => {
  fixture.define('Hoard', `export const handler = async () => { const all = []; for (;;) all.push(new Array(10000).fill(all.length)); };`, {
    memoryMegabytes: 32,
    timeoutSeconds: 25,
  });
  const runner = await fixture.start();

  expect((await runner.invoke('hoard', {})).payload).toMatchObject({
    errorType: 'Runtime.ExitError',
    errorMessage: expect.stringContaining('signal: aborted') as string,
  });
});

it('reports a rejection that nobody handles, and what is thrown outside of the promise', async () => {
  fixture.define(
    'Stray',
    `export const handler = ({ thrown }) => new Promise(() => {
       if (thrown) setTimeout(() => { throw new RangeError('stray'); });
       else void Promise.reject(new Error('unhandled'));
     });`,
  );
  const runner = await fixture.start();

  expect((await runner.invoke('stray', {})).payload).toMatchObject({
    errorType: 'Runtime.UnhandledPromiseRejection',
    errorMessage: 'Error: unhandled',
  });
  expect((await runner.invoke('stray', { thrown: true })).payload).toMatchObject({ errorType: 'RangeError', errorMessage: 'stray' });
});

it('reports a bundle that throws while it loads', async () => {
  fixture.define(
    'Init',
    `throw Object.assign(new Error('DATA_BUCKET is not set'), { name: 'EnvironmentError' }); export const handler = 1;`,
  );
  const runner = await fixture.start();

  expect((await runner.invoke('init', {})).payload).toMatchObject({
    errorType: 'EnvironmentError',
    errorMessage: 'DATA_BUCKET is not set',
  });
});

it('reports a handler that is not there, or no function', async () => {
  fixture.define('Absent', `export const other = async () => 1;`);
  fixture.define('Wrong', `export const handler = { not: 'callable' };`);
  const runner = await fixture.start();

  expect((await runner.invoke('absent', {})).payload).toMatchObject({
    errorType: 'Runtime.HandlerNotFound',
    errorMessage: 'handler.handler is undefined or not exported',
  });
  expect((await runner.invoke('wrong', {})).payload).toMatchObject({ errorMessage: 'handler.handler is not a function' });
});

it('reports a module that is missing at run time', async () => {
  fixture.define('Import', `import 'not-installed'; export const handler = async () => 1;`, {
    buildProperties: { External: ['not-installed'] },
  });
  const runner = await fixture.start();

  expect((await runner.invoke('import', {})).payload).toMatchObject({
    errorType: 'Runtime.ImportModuleError',
    errorMessage: expect.stringMatching(/^Error: Cannot find module 'not-installed'/) as string,
  });
});

it('refuses an unknown function and an event over 6 MB, and reports an answer over 6 MB', async () => {
  fixture.define('Big', `export const handler = async () => 'x'.repeat(6_300_000);`);
  const runner = await fixture.start();

  await expect(runner.invoke('nobody', {})).rejects.toMatchObject({ code: 'ResourceNotFoundException', status: 404 });
  await expect(runner.invoke('big', 'x'.repeat(6_291_456))).rejects.toMatchObject({ code: 'RequestTooLargeException', status: 413 });
  expect((await runner.invoke('big', 'x'.repeat(6_291_000))).payload).toMatchObject({ errorType: 'Function.ResponseSizeTooLarge' });
});

it('ends the process when the caller aborts', async () => {
  fixture.define('Sleep', `export const handler = async () => { await new Promise((resolve) => setTimeout(resolve, 60_000)); };`);
  const runner = await fixture.start();
  const caller = new AbortController();

  const sleeping = runner.invoke('sleep', {}, { signal: caller.signal });
  setTimeout(() => caller.abort(new Error('stopped')), 150);

  await expect(sleeping).rejects.toThrow('stopped');
});
