import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { PostKey } from '../../../common/contracts/records.ts';

/** What a person does not want to hear of for a while: one post, or every post that matches a keyword. */
export type MuteSubject = { readonly post: PostKey } | { readonly keyword: string };

/** Instants are UTC text, `2026-11-20T05:00:00Z`, of domain time; they compare as instants do. */
export interface Mutes {
  /** Replaces an earlier end. */
  mute(subject: MuteSubject, until: string): Promise<void>;
  /** Until when the subject is muted; null when it never was. An end that has passed stays until it is replaced. */
  until(subject: MuteSubject): Promise<string | null>;
}

const itemSchema = z.object({ until: z.string() });

/** In the alert state, one item a subject: expired ones are few, and read as what they are. */
export function dynamoMutes(table: string, client = new DynamoDBClient({})): Mutes {
  const documents = DynamoDBDocumentClient.from(client);
  return {
    async mute(subject, until) {
      await documents.send(new PutCommand({ TableName: table, Item: { pk: muteKey(subject), until } }));
    },
    async until(subject) {
      const { Item } = await documents.send(new GetCommand({ TableName: table, Key: { pk: muteKey(subject) } }));
      return Item === undefined ? null : itemSchema.parse(Item).until;
    },
  };
}

/** Mutes in memory, for tests. */
export function memoryMutes(): Mutes {
  const ends = new Map<string, string>();
  return {
    mute: (subject, until) => Promise.resolve(void ends.set(muteKey(subject), until)),
    until: (subject) => Promise.resolve(ends.get(muteKey(subject)) ?? null),
  };
}

function muteKey(subject: MuteSubject): string {
  if ('keyword' in subject) return `mute#keyword#${subject.keyword}`;
  const { site, board, post_id } = subject.post;
  return `mute#post#${site}#${board}#${post_id}`;
}
