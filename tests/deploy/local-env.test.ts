/*
 * What `sam local invoke <Function> --event … --env-vars events/local-env.json` would do, but for the container: SAM's own code makes the
 * environment, the artefact of `sam build` runs in it with its sample event, and has to get as far as its first call of AWS.
 */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import * as z from 'zod';
import { artefactOf } from '../../local/run/deploy-application.ts';
import { repository } from '../../local/run/directories.ts';
import { pythonsOfSetup } from '../../local/run/pythons.ts';
import { deployed } from '../templates/repository-templates.ts';

jest.setTimeout(600_000);

const run = promisify(execFile);
const functions = deployed().functions;
const environmentsSchema = z.record(z.string(), z.record(z.string(), z.string()));
/** Nobody listens there: a call of AWS ends at once, and none of Slack leaves this machine. */
const NOWHERE = {
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_MAX_ATTEMPTS: '1',
  https_proxy: 'http://127.0.0.1:9',
  NODE_USE_ENV_PROXY: '1',
};
const INVOKE = `
const [handler, event] = process.argv.slice(1);
require(handler).handler(JSON.parse(event), { awsRequestId: 'r', getRemainingTimeInMillis: () => 30000 })
  .then((answer) => console.log(JSON.stringify({ answer })), (error) => console.log(JSON.stringify({ error: error.name + ': ' + error.message })));
`;

async function environments(...file: string[]): Promise<z.infer<typeof environmentsSchema>> {
  const script = join(import.meta.dirname, 'local_environment.py');
  const { stdout } = await run(pythonsOfSetup()['sam'] ?? '', [script, join(repository, 'template.yaml'), ...file], { timeout: 60_000 });
  return environmentsSchema.parse(JSON.parse(stdout));
}

/** What a function told of a sample event: its caller as JSON, or CloudFormation at the address that the event gives. */
async function invoked(logicalId: string, environment: Record<string, string>): Promise<string> {
  const found = functions.find((each) => each.logicalId === logicalId);
  if (!found) throw new Error(`The templates have no ${logicalId}`);
  const name = /src\/([\w-]+)\/handler/.exec(found.entryPoint)?.[1] ?? '';
  const event = JSON.parse(readFileSync(join(repository, 'events', `${name}.json`), 'utf8')) as Record<string, unknown>;
  const answers: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      answers.push(body);
      response.end();
    });
  }).listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const isCustomResource = 'ResponseURL' in event;
    const ResponseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const given = JSON.stringify(isCustomResource ? { ...event, ResponseURL } : event);
    const handler = artefactOf(process.env['HOTPOST_ARTEFACTS'] ?? '', found);
    const { stdout } = await run(process.execPath, ['-e', INVOKE, handler, given], {
      env: { ...environment, ...NOWHERE },
      timeout: 60_000,
    });
    if (!isCustomResource) return stdout.trim().split('\n').at(-1) ?? '';
    if (answers.length !== 1) throw new Error(`${logicalId} told CloudFormation ${answers.length} times: ${stdout}`);
    return answers[0] ?? '';
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

it.each(functions.map(({ logicalId }) => logicalId))('%s gets as far as AWS, or Slack', async (logicalId) => {
  const all = await environments(join(repository, 'events', 'local-env.json'));

  const told = await invoked(logicalId, all[logicalId] ?? {});

  expect(told).not.toMatch(/EnvironmentError|InvalidEventError/);
  expect(told).toMatch(/ECONNREFUSED|MessageBusyError|"answer"|"Status":"SUCCESS"/);
});

it.each(['ExtractFunction', 'AlarmFunction'])('%s says which secret is not there without the file', async (logicalId) => {
  const all = await environments();

  expect(await invoked(logicalId, all[logicalId] ?? {})).toMatch(/EnvironmentError: .*(AUTHOR_HASH_KEY|SLACK_WEBHOOK_URL)/);
});

it('gives no variable that no function has', () => {
  const { Parameters } = z
    .object({ Parameters: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(repository, 'events', 'local-env.json'), 'utf8')));
  const known = new Set(functions.flatMap(({ environment }) => Object.keys(environment)));

  expect(Object.keys(Parameters).filter((name) => !known.has(name))).toEqual([]);
});
