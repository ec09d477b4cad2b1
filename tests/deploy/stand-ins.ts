/**
 * The laptop's Redshift and EMR behind one endpoint, for an emulated deployment: `node stand-ins.ts <directory> <workgroup> <database>`.
 * Prints the endpoint's URL when it answers, and ends with its standard input.
 */
import { emrService } from '../../local/emr/emr-service.ts';
import { jobRuntime } from '../../local/emr/job-runtime.ts';
import { startEndpoint, type Endpoint } from '../../local/endpoint/start-endpoint.ts';
import { usageLimitService } from '../../local/redshift/usage-limits.ts';
import { redshiftDataService } from '../../local/redshift/redshift-data-service.ts';

const [directory, workgroup, database] = process.argv.slice(2);
if (!directory || !workgroup || !database) throw new Error('Usage: node stand-ins.ts <directory> <workgroup> <database>');

const redshift = await redshiftDataService({
  databaseFile: `${directory}/warehouse.duckdb`,
  workgroups: [{ name: workgroup, database }],
  copyRoleArns: [],
  superusers: ['arn:aws:iam::000000000000:role/deployed'],
  objectFiles: () => Promise.resolve([]),
});
// Clusters start and end; no step is run on them, so no engine is needed.
const emr = emrService({
  directory,
  runtime: jobRuntime({
    python: { sail: 'python3' },
    engine: 'sail',
    endpointUrl: () => endpoint.url,
    accessKeyId: 'cluster',
    objectFiles: () => Promise.resolve([]),
  }),
});
const endpoint: Endpoint = await startEndpoint({
  port: 0,
  directory,
  services: [redshift, usageLimitService(), emr],
  callers: () => 'arn:aws:iam::000000000000:role/deployed',
});
process.stdin.resume().on('end', () => void endpoint.close().then(() => process.exit(0)));
console.log(endpoint.url);
