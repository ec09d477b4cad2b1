import * as z from 'zod';
import { instantOf, type Batch } from '../../../common/contracts/batch.ts';
import { WarehouseError } from '../../../common/errors.ts';

/** It becomes part of statements, so only characters without a meaning in SQL may pass. */
const modelVersionSchema = z.string().regex(/^[A-Za-z0-9._-]{1,128}$/);
/** What stands in the places of the levels' statements. @throws WarehouseError for a model version that is no plain name. */
export function levelConstants(batch: Batch, modelVersion: unknown, maxAlertsPerDay: number): Readonly<Record<string, string>> {
  return {
    batch,
    batchTime: warehouseTime(batch),
    modelVersion: modelVersionOf(modelVersion),
    maxAlertsPerDay: String(maxAlertsPerDay),
  };
}

/** The time of a batch as the warehouse writes it: `2026-11-20 05:30:00`, UTC. */
export function warehouseTime(batch: Batch): string {
  return instantOf(batch).toString({ smallestUnit: 'second' }).replace('T', ' ').replace('Z', '');
}

function modelVersionOf(value: unknown): string {
  const parsed = modelVersionSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new WarehouseError(
    `The scores have the model version ${JSON.stringify(value)}; give the model a version of letters, digits, . _ and -`,
  );
}
