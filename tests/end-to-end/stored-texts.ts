import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import type { Directories } from '../../local/run/directories.ts';
import type { Laptop } from '../../local/run/laptop.ts';
import { warehouseContents } from './laptop-fixture.ts';

/** What is the community's own, not ours. */
const NOT_OURS = ['community.ndjson', 'bundles'];

/** Everything that a run stored, as text by where it lies: files (unzipped), the items of every table, the rows of the warehouse. */
export async function storedTexts(laptop: Laptop, directories: Directories): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const entry of readdirSync(directories.data, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(directories.data, path);
    if (entry.isFile() && !NOT_OURS.some((other) => name.startsWith(other))) texts.set(name, textOf(readFileSync(path)));
  }
  for (const [table, rows] of Object.entries(await warehouseContents(laptop))) texts.set(`warehouse ${table}`, rows.join('\n'));
  for (const { logicalId, name } of laptop.application.tables) texts.set(`table ${logicalId}`, await itemsOf(laptop, name));
  return texts;
}

/** Places that hold one of the needles, each with the first that it holds. */
export function placesOf(texts: ReadonlyMap<string, string>, needles: readonly string[]): string[] {
  // One pass over a text for all needles: in order, so that their common beginnings are compared once.
  const any = new RegExp(
    needles
      .toSorted()
      .map((needle) => needle.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('|'),
  );
  return [...texts].flatMap(([place, text]) => {
    const found = any.exec(text)?.[0];
    return found === undefined ? [] : [`${place}: ${found}`];
  });
}

function textOf(bytes: Buffer): string {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return (isGzip ? gunzipSync(bytes) : bytes).toString('utf8');
}

async function itemsOf(laptop: Laptop, TableName: string): Promise<string> {
  const endpoint = await laptop.stepFunctions.config.endpoint?.();
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${endpoint?.port ?? 0}`,
    region: 'ap-northeast-2',
    credentials: await laptop.stepFunctions.config.credentials(),
  });
  const items: string[] = [];
  for await (const page of paginateScan({ client }, { TableName })) items.push(JSON.stringify(page.Items ?? []));
  client.destroy();
  return items.join('\n');
}
