import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
  type QueryCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { MessageLedger, Taken } from './message-ledger.ts';

/** An item of ALERT_STATE_TABLE. `pending` = 'yes' puts it into the sparse index `pending` until it is stored. */
const itemSchema = z.object({
  pk: z.string(),
  status: z.enum(['claimed', 'sent', 'stored']),
  claimed_batch: z.string(),
  payload: z.string(),
  owner: z.string(),
  lease_until: z.number(),
  may_have_been_sent: z.boolean(),
  sent_at: z.string().default(''),
  repeated: z.boolean().default(false),
});
type Item = z.infer<typeof itemSchema>;

const NOBODY = { owner: '', lease_until: 0, may_have_been_sent: false };

/** The ledger in DynamoDB: single conditional writes, no transactions. Index `pending`: hash `pending`, range `claimed_batch`. */
export function dynamoLedger(table: string, client = new DynamoDBClient({})): MessageLedger {
  const documents = DynamoDBDocumentClient.from(client);

  const putIfNew = (item: Item & { pending?: 'yes' }) =>
    isMet(documents.send(new PutCommand({ TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(pk)' })));

  const read = async (key: string) => {
    const { Item } = await documents.send(new GetCommand({ TableName: table, Key: { pk: key }, ConsistentRead: true }));
    return Item === undefined ? undefined : itemSchema.parse(Item);
  };

  const update = (key: string, changes: string, condition: string, values: Record<string, unknown>) =>
    isMet(
      documents.send(
        new UpdateCommand({
          TableName: table,
          Key: { pk: key },
          UpdateExpression: changes,
          ConditionExpression: condition,
          ExpressionAttributeNames: namesIn(`${changes} ${condition}`),
          ExpressionAttributeValues: values,
        }),
      ),
    );

  const take: MessageLedger['take'] = async (key, lease): Promise<Taken> => {
    const item = await read(key);
    if (item?.status !== 'claimed') return { kind: 'done' };
    if (item.lease_until > lease.now) return { kind: 'held', until: item.lease_until };
    const ours = await update(
      key,
      'set #owner = :owner, #lease_until = :until, #may_have_been_sent = :yes',
      '#status = :claimed and #owner = :seen and #lease_until <= :now',
      { ':owner': lease.owner, ':until': lease.until, ':yes': true, ':claimed': 'claimed', ':seen': item.owner, ':now': lease.now },
    );
    if (ours) return { kind: 'ours', payload: item.payload, mayRepeat: item.may_have_been_sent };
    return { kind: 'held', until: lease.until };
  };

  return {
    take,
    async claim({ key, batch, payload }, { listed }) {
      const item: Item = { pk: key, status: 'claimed', claimed_batch: batch, payload, ...NOBODY, sent_at: '', repeated: false };
      await putIfNew(listed ? { ...item, pending: 'yes' } : item);
    },
    renew: (key, lease) =>
      update(key, 'set #lease_until = :until', '#status = :claimed and #owner = :owner', {
        ':until': lease.until,
        ':claimed': 'claimed',
        ':owner': lease.owner,
      }),
    async release(key, owner, { mayRepeat }) {
      await update(
        key,
        'set #owner = :nobody, #lease_until = :zero, #may_have_been_sent = :perhaps',
        '#status = :claimed and #owner = :owner',
        { ':nobody': '', ':zero': 0, ':perhaps': mayRepeat, ':claimed': 'claimed', ':owner': owner },
      );
    },
    async recordSent(key, { sentAt, repeated, store }) {
      const leaveIndex = store ? '' : ' remove #pending';
      // Without regard to the owner: who holds the claim now does not change that Slack took the message.
      await update(key, `set #status = :status, #sent_at = :at, #repeated = :repeated${leaveIndex}`, '#status = :claimed', {
        ':status': store ? 'sent' : 'stored',
        ':at': sentAt,
        ':repeated': repeated,
        ':claimed': 'claimed',
      });
    },
    async cover({ key, batch, payload, now }) {
      if (await putIfNew({ pk: key, status: 'stored', claimed_batch: batch, payload, ...NOBODY, sent_at: '', repeated: false })) return;
      await update(key, 'set #status = :stored remove #pending', '#status = :claimed and #lease_until <= :now', {
        ':stored': 'stored',
        ':claimed': 'claimed',
        ':now': now,
      });
    },
    async markStored(key) {
      await update(key, 'set #status = :stored remove #pending', '#status = :sent', { ':stored': 'stored', ':sent': 'sent' });
    },
    async unfinished() {
      const keys: string[] = [];
      let from: QueryCommandOutput['LastEvaluatedKey'];
      do {
        const page: QueryCommandOutput = await documents.send(
          new QueryCommand({
            TableName: table,
            IndexName: 'pending',
            KeyConditionExpression: '#pending = :yes',
            ExpressionAttributeNames: { '#pending': 'pending' },
            ExpressionAttributeValues: { ':yes': 'yes' },
            ExclusiveStartKey: from,
          }),
        );
        keys.push(...(page.Items ?? []).map((item) => z.string().parse(item['pk'])));
        from = page.LastEvaluatedKey;
      } while (from);
      const items = await Promise.all(keys.map(read));
      return items.flatMap((item) => {
        if (item === undefined || item.status === 'stored') return [];
        const { pk: key, status, claimed_batch: batch, payload, sent_at: sentAt, repeated } = item;
        return [{ key, status, batch, payload, sentAt, repeated }];
      });
    },
  };
}

/** True when the write's condition held. */
async function isMet(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** `#name` stands for `name`: several of ours are reserved words. */
function namesIn(expression: string): Record<string, string> {
  return Object.fromEntries([...expression.matchAll(/#(\w+)/g)].map(([placeholder, name]) => [placeholder, name ?? '']));
}
