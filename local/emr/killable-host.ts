/* A process for tests to kill: hosts an endpoint with EMR on the directory of its first argument and prints its URL. */
import { startEmrEndpoint } from './emr-fixture.ts';

const endpoint = await startEmrEndpoint(process.argv[2] ?? '');
process.stdout.write(`${endpoint.url}\n`);
