import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The checkout this file belongs to. */
export const repository = realpathSync(join(import.meta.dirname, '..', '..'));

/** Where a run keeps its things: outside the checkout, because `sam build` copies the working tree once a function. */
export interface Directories {
  readonly data: string;
  readonly endpoint: string;
  readonly bundles: string;
  readonly logs: string;
  readonly executions: string;
  readonly warehouse: string;
  readonly messages: string;
  readonly communityLog: string;
  readonly secrets: string;
  /** The one result a person opens: in the checkout, ignored by git; beside the data when HOTPOST_DATA moves that. */
  readonly report: string;
}

/** `${XDG_DATA_HOME:-~/.local/share}/hotpost/<hash of the checkout's path>`, or HOTPOST_DATA when that is set. */
export function runDirectories(environment: NodeJS.ProcessEnv = process.env): Directories {
  const share = environment['XDG_DATA_HOME'] || join(homedir(), '.local', 'share');
  const data = environment['HOTPOST_DATA'] || join(share, 'hotpost', createHash('sha256').update(repository).digest('hex').slice(0, 16));
  mkdirSync(data, { recursive: true, mode: 0o700 });
  return {
    data,
    endpoint: join(data, 'endpoint'),
    bundles: join(data, 'bundles'),
    logs: join(data, 'logs'),
    executions: join(data, 'executions'),
    warehouse: join(data, 'warehouse.duckdb'),
    messages: join(data, 'slack.ndjson'),
    communityLog: join(data, 'community.ndjson'),
    secrets: join(data, 'secrets.json'),
    report: join(environment['HOTPOST_DATA'] ? data : repository, 'report', 'index.html'),
  };
}
