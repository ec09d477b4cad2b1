import * as z from 'zod';
import { ServiceError } from '../endpoint/service.ts';

/** The Data API's limits (API reference, 2026): statements a batch, bytes of one. */
const MOST_STATEMENTS = 40;
const LONGEST_STATEMENT_BYTES = 100_000;

const sql = z
  .string()
  .min(1)
  .refine((text) => Buffer.byteLength(text) <= LONGEST_STATEMENT_BYTES, `must be at most ${LONGEST_STATEMENT_BYTES} bytes`);
const parameters = z.array(z.strictObject({ name: z.string().regex(/^[0-9a-zA-Z_]+$/), value: z.string().min(1) })).min(1);
const statementId = z.string().regex(/^[a-z0-9]{8}(-[a-z0-9]{4}){3}-[a-z0-9]{12}(:\d+)?$/, 'must be a statement id');

const submission = {
  WorkgroupName: z.string().min(3).max(128),
  Database: z.string().min(1),
  SecretArn: z.string().min(1).optional(),
  StatementName: z.string().max(2048).optional(),
  ClientToken: z.string().min(1).max(64).optional(),
  ResultFormat: z.literal(['JSON', 'json']).optional(),
  WithEvent: z.boolean().optional(),
};

/** What each operation takes here; a member that the stand-in does not know is refused, never passed over. */
export const requestSchemas = {
  execute: z.strictObject({ ...submission, Sql: sql, Parameters: parameters.optional() }),
  batchExecute: z.strictObject({ ...submission, Sqls: z.array(sql).min(1).max(MOST_STATEMENTS), Parameters: parameters.optional() }),
  describe: z.strictObject({ Id: statementId }),
  result: z.strictObject({ Id: statementId, NextToken: z.string().optional() }),
  cancel: z.strictObject({ Id: statementId }),
  list: z.strictObject({
    StatementName: z.string().optional(),
    Status: z.string().optional(),
    MaxResults: z.number().int().min(0).max(100).optional(),
    NextToken: z.string().optional(),
    RoleLevel: z.boolean().optional(),
    WorkgroupName: z.string().optional(),
    Database: z.string().optional(),
  }),
} as const;

export type Submission = z.infer<typeof requestSchemas.execute> | z.infer<typeof requestSchemas.batchExecute>;

/** @throws ServiceError ValidationException naming the member that is wrong. */
export function parseRequest<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the request'}: ${issue.message}`).join('; ');
  throw new ServiceError('ValidationException', `Validation failed: ${wrong}`);
}
