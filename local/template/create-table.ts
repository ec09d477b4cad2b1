import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { DeployedTable } from './application.ts';
import { type Created, type Creation, physicalName } from './creation.ts';
import { templateError } from './template-error.ts';

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) })).min(1);
const projection = z.strictObject({
  ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
  NonKeyAttributes: z.array(z.string()).optional(),
});
const throughput = z.strictObject({ ReadCapacityUnits: z.coerce.number(), WriteCapacityUnits: z.coerce.number() });
const localIndex = z.strictObject({ IndexName: z.string().min(3), KeySchema: keySchema, Projection: projection });

const tableSchema = z.strictObject({
  TableName: z.string().optional(),
  BillingMode: z.enum(['PAY_PER_REQUEST', 'PROVISIONED']).default('PROVISIONED'),
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.array(z.strictObject({ ...localIndex.shape, ProvisionedThroughput: throughput.optional() })).optional(),
  LocalSecondaryIndexes: z.array(localIndex).optional(),
  ProvisionedThroughput: throughput.optional(),
});

/** Of no effect on a laptop: there, expired items count as absent by the readers' own rule, as on AWS until they are deleted. */
const NOT_PLAYED = [
  'TimeToLiveSpecification',
  'PointInTimeRecoverySpecification',
  'SSESpecification',
  'DeletionProtectionEnabled',
  'ContributorInsightsSpecification',
  'TableClass',
  'Tags',
];

/** @throws TemplateError when the properties are no table that CreateTable would take. */
export function createTable(creation: Creation): Created<DeployedTable> {
  const { logicalId, place, account, type } = creation;
  const played = Object.fromEntries(Object.entries(creation.properties).filter(([name]) => !NOT_PLAYED.includes(name)));
  const parsed = tableSchema.safeParse(played);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw templateError(place, `${issue?.path.join('.') || 'its properties'}: ${issue?.message ?? 'not a table'}`);
  }
  const name = physicalName(creation, 'TableName');
  const input: CreateTableCommandInput = withoutUndefined({ ...parsed.data, TableName: name });
  const arn = `arn:aws:dynamodb:${account.region}:${account.accountId}:table/${name}`;
  return { answers: { type, ref: name, attributes: { Arn: arn } }, deployed: { logicalId, name, input } };
}

/** zod leaves `undefined` for an absent option; CreateTable's exact types take an absent key only. */
function withoutUndefined(input: unknown): CreateTableCommandInput {
  return JSON.parse(JSON.stringify(input)) as CreateTableCommandInput;
}
