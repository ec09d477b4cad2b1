import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';

/** What is remembered of a condition, in batches; empty text for never. */
const episodeSchema = z.object({
  /** The newest batch that said something of it. */
  seen: z.string(),
  /** The batch that it began with; empty while all is well. */
  since: z.string(),
  /** The batch that a person was last told in. */
  told: z.string(),
});
export type Episode = Readonly<z.infer<typeof episodeSchema>>;

/** Between batches: which conditions hold, and since when. A subject is a site, or what is watched of it and the site. */
export interface Episodes {
  read(subject: string): Promise<Episode | undefined>;
  write(subject: string, episode: Episode): Promise<void>;
}

/** In the alert state, one item a subject. Only one run writes it at a time; what is sent once, the message ledger sees to. */
export function dynamoEpisodes(table: string, client = new DynamoDBClient({})): Episodes {
  const documents = DynamoDBDocumentClient.from(client);
  const keyOf = (subject: string) => ({ pk: `drift#${subject}` });
  return {
    async read(subject) {
      const { Item } = await documents.send(new GetCommand({ TableName: table, Key: keyOf(subject), ConsistentRead: true }));
      return Item === undefined ? undefined : episodeSchema.parse(Item);
    },
    async write(subject, episode) {
      await documents.send(new PutCommand({ TableName: table, Item: { ...keyOf(subject), ...episode } }));
    },
  };
}
