/*
 * A process for tests to kill: hosts an endpoint on the directory of its first argument and prints its URL.
 * With a second argument N it kills itself (SIGKILL) in the middle of the N-th file that S3 writes.
 */
import { writeFileSync } from 'node:fs';
import { ROLE_ARN } from './endpoint-fixture.ts';
import { startEndpoint } from './start-endpoint.ts';

const [, , directory = '', dieAt = '0'] = process.argv;
let files = 0;
const endpoint = await startEndpoint({
  port: 0,
  directory,
  services: [],
  callers: () => ROLE_ARN,
  writeFile(path, bytes) {
    files += 1;
    if (files !== Number(dieAt)) {
      writeFileSync(path, bytes);
      return;
    }
    writeFileSync(path, bytes.slice(0, bytes.length / 2));
    process.kill(process.pid, 'SIGKILL');
  },
});
process.stdout.write(`${endpoint.url}\n`);
