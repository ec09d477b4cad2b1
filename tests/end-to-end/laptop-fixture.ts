import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { redshiftWarehouse, type Warehouse, type WarehouseRow } from '../../common/warehouse.ts';
import type { CommunityLogEntry } from '../../local/community/server-log.ts';
import { SECRET_ACCESS_KEY } from '../../local/run/account.ts';
import { runDirectories, type Directories } from '../../local/run/directories.ts';
import { startLaptop, type Laptop, type LaptopOptions } from '../../local/run/laptop.ts';
import { pastExecutions, playBatch, type PlayedBatch } from '../../local/run/play.ts';
import { pythonsOfSetup } from '../../local/run/pythons.ts';
import { nextBatches } from '../../local/run/timeline.ts';
import { laptopWarehouse } from '../../local/run/warehouse-queries.ts';

/** Run data of one test file; removed by `removeDirectories`. */
export function temporaryDirectories(): Directories {
  return runDirectories({ HOTPOST_DATA: mkdtempSync(join(tmpdir(), 'hotpost-e2e-')) });
}

export function removeDirectories({ data }: Directories): void {
  rmSync(data, { recursive: true, force: true });
}

export function laptopOn(directories: Directories, changes: Partial<LaptopOptions> = {}): Promise<Laptop> {
  return startLaptop({ directories, port: 0, engine: 'sail', pythons: pythonsOfSetup(), ...changes });
}

/** Plays the next batches as `npm start` does. */
export async function playNext(laptop: Laptop, count: number): Promise<PlayedBatch[]> {
  const played: PlayedBatch[] = [];
  for (const planned of nextBatches(await pastExecutions(laptop), count)) {
    played.push(await playBatch(laptop, planned));
  }
  return played;
}

export function rowsOf(laptop: Laptop, sql: string): Promise<WarehouseRow[]> {
  const workgroupName = laptop.application.outputs['WorkgroupName'] ?? '';
  return redshiftWarehouse({ workgroupName, databaseName: 'hotpost', secretArn: '' }, laptop.redshift).read(sql);
}

/** The warehouse as the role of a function or of the state machine finds it. */
export function warehouseAs({ application, redshift }: Laptop, logicalId: string): Warehouse {
  const { accessKeyId = '' } = [...application.functions, ...application.stateMachines].find((each) => each.logicalId === logicalId) ?? {};
  const { endpoint, region } = redshift.config;
  const credentials = { accessKeyId, secretAccessKey: SECRET_ACCESS_KEY };
  return laptopWarehouse({ application, redshift: new RedshiftDataClient({ region, credentials, ...(endpoint ? { endpoint } : {}) }) });
}

/** All tables of the warehouse that a batch writes, each row as text, in a fixed order. */
export async function warehouseContents(laptop: Laptop): Promise<Record<string, string[]>> {
  const contents: Record<string, string[]> = {};
  for (const table of ['post', 'post_snapshot', 'comment', 'score', 'summary', 'summary_hourly', 'alert', 'load_ledger']) {
    contents[table] = (await rowsOf(laptop, `select * from community.${table}`)).map((row) => JSON.stringify(row)).sort();
  }
  return contents;
}

export function communityLog({ communityLog: file }: Directories): CommunityLogEntry[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as CommunityLogEntry);
}
