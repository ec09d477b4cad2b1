import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { bundleFunctions } from './bundle.ts';
import { lambdaFixture, type LambdaFixture } from './lambda-fixture.ts';

let fixture: LambdaFixture;
let parent: ChildProcess | undefined;
beforeEach(() => {
  fixture = lambdaFixture();
});
afterEach(async () => {
  parent?.kill('SIGKILL');
  await fixture.remove();
});

/** Another process with a runner: invokes `pid` (warm), then keeps `sleep` busy. Prints both process ids, then answers. */
async function startParent(): Promise<{ parent: ChildProcess; pids: number[]; nextLine: () => Promise<string> }> {
  const functions = [
    fixture.define('Pid', `export const handler = async () => process.pid;`),
    fixture.define(
      'Sleep',
      `export const handler = async () => { console.log(process.pid); await new Promise((r) => setTimeout(r, 1500)); return 'slept'; };`,
    ),
  ];
  await bundleFunctions({ functions, outDirectory: join(fixture.directory, 'out'), projectDirectory: fixture.directory });
  const script = join(fixture.directory, 'parent.mts');
  const runnerUrl = pathToFileURL(join(import.meta.dirname, 'runner.ts')).href;
  writeFileSync(
    script,
    `import { readFileSync } from 'node:fs';
     import { lambdaRunner } from ${JSON.stringify(runnerUrl)};
     process.on('SIGINT', () => console.log('interrupted'));
     const runner = lambdaRunner({ functions: ${JSON.stringify(functions)}, bundleOf: (f) => ${JSON.stringify(join(fixture.directory, 'out'))} + '/' + f.logicalId + '/handler.js',
       endpointUrl: 'http://127.0.0.1:9', region: 'r', secretAccessKey: 's', logDirectory: ${JSON.stringify(join(fixture.directory, 'log'))}, extraEnvironment: () => ({}) });
     console.log((await runner.invoke('pid', {})).payload);
     const sleeping = runner.invoke('sleep', {});
     for (;;) {
       await new Promise((resolve) => setTimeout(resolve, 30));
       let log = '';
       try { log = readFileSync(${JSON.stringify(join(fixture.directory, 'log', 'sleep.log'))}, 'utf8'); } catch {}
       const pid = /^\\d+$/m.exec(log)?.[0];
       if (pid) { console.log(pid); break; }
     }
     console.log(JSON.stringify((await sleeping).payload));
     await runner.close();`,
  );
  parent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const lines = createInterface({ input: parent.stdout ?? process.stdin })[Symbol.asyncIterator]();
  const nextLine = async () => String((await lines.next()).value);
  return { parent, pids: [Number(await nextLine()), Number(await nextLine())], nextLine };
}

it('leaves no process behind when the parent is killed', async () => {
  const { parent, pids } = await startParent();
  expect(pids.map(isAlive)).toEqual([true, true]);

  parent.kill('SIGKILL');
  await once(parent, 'exit');

  for (let waited = 0; waited < 3000 && pids.some(isAlive); waited += 20) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(pids.map(isAlive)).toEqual([false, false]);
});

it('lets functions finish when Ctrl-C reaches the whole process group, and ends them with close', async () => {
  const { parent, pids, nextLine } = await startParent();

  process.kill(-(parent.pid ?? 0), 'SIGINT');

  expect(await nextLine()).toBe('interrupted');
  expect(await nextLine()).toBe('"slept"');
  expect(await once(parent, 'exit')).toEqual([0, null]);
  expect(pids.map(isAlive)).toEqual([false, false]);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
