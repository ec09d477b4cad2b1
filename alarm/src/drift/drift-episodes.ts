import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';

/** What is remembered of a site's drift, in batches; empty text for never. */
const episodeSchema = z.object({
  /** The newest batch that said something of the site. */
  seen: z.string(),
  /** The batch that the drift began with; empty while the site is healthy. */
  since: z.string(),
  /** The batch that a person was last told in. */
  told: z.string(),
});
export type DriftEpisode = Readonly<z.infer<typeof episodeSchema>>;

/** Between batches: which sites drift, and since when. */
export interface DriftEpisodes {
  read(site: string): Promise<DriftEpisode | undefined>;
  write(site: string, episode: DriftEpisode): Promise<void>;
}

/** In the alert state, one item a site. Only one run writes it at a time; what is sent once, the message ledger sees to. */
export function dynamoEpisodes(table: string, client = new DynamoDBClient({})): DriftEpisodes {
  const documents = DynamoDBDocumentClient.from(client);
  const keyOf = (site: string) => ({ pk: `drift#${site}` });
  return {
    async read(site) {
      const { Item } = await documents.send(new GetCommand({ TableName: table, Key: keyOf(site), ConsistentRead: true }));
      return Item === undefined ? undefined : episodeSchema.parse(Item);
    },
    async write(site, episode) {
      await documents.send(new PutCommand({ TableName: table, Item: { ...keyOf(site), ...episode } }));
    },
  };
}
