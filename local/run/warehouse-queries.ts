import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { redshiftWarehouse } from '../../common/warehouse.ts';
import { repository } from './directories.ts';
import type { Laptop } from './laptop.ts';

/** Runs the warehouse's own queries by name (load/sql/queries/<name>.sql). */
export type WarehouseQueries = <Row>(name: string, row: z.ZodType<Row>) => Promise<Row[]>;

export function warehouseQueries({ application, redshift }: Pick<Laptop, 'application' | 'redshift'>): WarehouseQueries {
  const { WorkgroupName: workgroupName = '', DatabaseName: databaseName = '' } = application.outputs;
  const warehouse = redshiftWarehouse({ workgroupName, databaseName, secretArn: '' }, redshift);
  return async (name, row) =>
    z.array(row).parse(await warehouse.read(readFileSync(join(repository, 'load', 'sql', 'queries', `${name}.sql`), 'utf8')));
}
