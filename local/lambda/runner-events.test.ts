import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lambdaFixture, type LambdaFixture } from './lambda-fixture.ts';

let fixture: LambdaFixture;
beforeEach(() => {
  fixture = lambdaFixture();
});
afterEach(() => fixture.remove());

/** Appends its event's name to a file, once the file `<go>` exists (when it is given one). */
const NOTING = `import { appendFileSync, existsSync } from 'node:fs';
  export const handler = async ({ file, name, go }) => {
    while (go && !existsSync(go)) await new Promise((resolve) => setTimeout(resolve, 5));
    appendFileSync(file, name);
    return name;
  };`;
const fileNamed = (name: string) => join(fixture.directory, name);
const noted = () => (existsSync(fileNamed('noted')) ? readFileSync(fileNamed('noted'), 'utf8') : '');
const open = (name: string) => writeFileSync(fileNamed(name), '');

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries += 1) {
    if (tries > 1000) throw new Error('it never happened');
    await sleep(10);
  }
}

it('runs an event that nobody waits for', async () => {
  fixture.define('Note', NOTING);
  const runner = await fixture.start();

  runner.send('note', { file: fileNamed('noted'), name: 'a' });

  expect(noted()).toBe('');
  await until(() => noted() === 'a');
});

it('leaves a place to calls, however many events are in line', async () => {
  fixture.define('Note', NOTING);
  const runner = await fixture.start({ limits: { maxConcurrent: 2, maxIdle: 2 } });
  const event = { file: fileNamed('noted'), go: fileNamed('go') };
  for (const name of ['1', '2', '3']) runner.send('note', { ...event, name });

  expect(await runner.invoke('note', { file: fileNamed('noted'), name: 'call' })).toEqual({ payload: 'call' });
  expect(noted()).toBe('call');

  open('go');
  await until(() => noted() === 'call123');
});

it('drops, with a word in the log, what had no room for too long, and what is left when it closes', async () => {
  const note = fixture.define('Note', NOTING, { events: { retryAttempts: 0, maxAgeSeconds: 0 } });
  const runner = await fixture.start({ limits: { maxConcurrent: 1, maxIdle: 1 } });
  const call = runner.invoke('note', { file: fileNamed('noted'), name: 'call', go: fileNamed('go') });
  runner.send('note', { file: fileNamed('noted'), name: 'late' });
  open('go');
  await call;
  await until(() => fixture.logOf(note).includes('DROPPED'));

  const last = runner.invoke('note', { file: fileNamed('noted'), name: 'never', go: fileNamed('never') });
  runner.send('note', { file: fileNamed('noted'), name: 'unstarted' });
  await runner.close();

  expect(await last).toMatchObject({ functionError: 'Unhandled' });
  expect(noted()).toBe('call');
  expect(fixture.logOf(note)).toMatch(/DROPPED an event that waited \d+\.\d s[^]*DROPPED an event: .* the local run is closing/);
});

it('kills an event that is running when it closes', async () => {
  fixture.define('Note', NOTING);
  const runner = await fixture.start();
  runner.send('note', { file: fileNamed('noted'), name: 'a', go: fileNamed('go') });
  await sleep(150);

  await runner.close();
  open('go');
  await sleep(50);

  expect(noted()).toBe('');
});

it('keeps the error of an event in the log of its function', async () => {
  const broken = fixture.define('Broken', `export const handler = async () => { throw new TypeError('no such luck'); };`);
  const runner = await fixture.start();

  runner.send('broken', {});

  await until(() => existsSync(join(fixture.directory, 'log', 'broken.log')) && fixture.logOf(broken).includes('ERROR'));
  expect(fixture.logOf(broken)).toMatch(/ERROR RequestId: \S+ TypeError: no such luck/);
});

it('refuses an unknown function, an event that is too large, and a function whose failed events Lambda would repeat', async () => {
  fixture.define('Note', NOTING);
  fixture.define('Twice', NOTING, { events: { retryAttempts: 2, maxAgeSeconds: 60 } });
  const runner = await fixture.start();

  expect(() => runner.send('nobody', {})).toThrow('Function not found: nobody');
  expect(() => runner.send('note', 'x'.repeat(262_144))).toThrow('262146 byte payload is too large for the Event invocation type of note');
  expect(() => runner.send('twice', {})).toThrow('set MaximumRetryAttempts: 0 in its EventInvokeConfig');
});
