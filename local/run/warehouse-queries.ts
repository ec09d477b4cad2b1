import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { redshiftWarehouse, type TransactionalWarehouse } from '../../common/warehouse.ts';
import { repository } from './directories.ts';
import type { Laptop } from './laptop.ts';

/** Runs the warehouse's own queries by name (load/sql/queries/<name>.sql). */
export type WarehouseQueries = <Row>(name: string, row: z.ZodType<Row>) => Promise<Row[]>;

/** The warehouse as the operator has it. */
export function laptopWarehouse({ application, redshift }: Pick<Laptop, 'application' | 'redshift'>): TransactionalWarehouse {
  const { WorkgroupName: workgroupName = '', DatabaseName: databaseName = '' } = application.outputs;
  return redshiftWarehouse({ workgroupName, databaseName, secretArn: '' }, redshift);
}

export function warehouseQueries(laptop: Pick<Laptop, 'application' | 'redshift'>): WarehouseQueries {
  const warehouse = laptopWarehouse(laptop);
  return async (name, row) =>
    z.array(row).parse(await warehouse.read(readFileSync(join(repository, 'load', 'sql', 'queries', `${name}.sql`), 'utf8')));
}
