import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Laptop } from '../../local/run/laptop.ts';
import type { PlayedBatch } from '../../local/run/play.ts';
import { showRun } from '../../local/run/show-run.ts';
import { laptopWarehouse } from '../../local/run/warehouse-queries.ts';
import { laptopOn, playNext, removeDirectories, temporaryDirectories } from './laptop-fixture.ts';
import { placesOf, storedTexts } from './stored-texts.ts';

jest.setTimeout(600_000);

const directories = temporaryDirectories();
/** Secrets Manager's own file; nothing else may hold a secret. */
const SECRETS_MANAGER = ['secrets.json'];
const said: string[] = [];
let laptop: Laptop;

beforeAll(async () => {
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
    jest.spyOn(console, method).mockImplementation((...words: unknown[]) => void said.push(words.map(String).join(' ')));
  laptop = await laptopOn(directories);
});

afterAll(async () => {
  jest.restoreAllMocks();
  await laptop.close();
  removeDirectories(directories);
});

/** The webhook's address, the warehouse's password, the keys of hashes and pages: as Secrets Manager holds them. */
function secrets(): string[] {
  const stored = z
    .array(z.object({ Name: z.string(), SecretString: z.string() }))
    .parse(JSON.parse(readFileSync(directories.secrets, 'utf8')));
  const values = stored.flatMap(({ SecretString }) => {
    const fields = z.record(z.string(), z.string()).safeParse(jsonOf(SecretString));
    return fields.success ? Object.entries(fields.data).flatMap(([key, value]) => (key === 'username' ? [] : [value])) : [SecretString];
  });
  return [...values, '/services/T000/B000/'];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

it('lets no secret out of Secrets Manager: not in what runs store, log, print or say, whether they end well or fail', async () => {
  const played: PlayedBatch[] = await playNext(laptop, 1);
  // The alarm meets a webhook that is gone, and so does the message about it; then the load meets a table that is gone.
  laptop.sink.refuseNext(404, 'no_service', {}, 40);
  played.push(...(await playNext(laptop, 2)));
  await laptopWarehouse(laptop).execute('drop table community.outcome');
  played.push(...(await playNext(laptop, 1)));
  await showRun(laptop, directories, played, 'again');

  const texts = await storedTexts(laptop, directories);
  texts.set('printed', said.join('\n'));
  texts.set('ended', JSON.stringify(played));
  texts.set('report', readFileSync(directories.report, 'utf8'));

  expect(played.map(({ status }) => status)).toEqual(expect.arrayContaining(['SUCCEEDED', 'FAILED']));
  const planted = secrets();
  expect(planted.length).toBeGreaterThanOrEqual(5);
  expect(planted.filter((secret) => secret.length < 16)).toEqual([]);
  // The search finds what is there: the secrets in their own place, and the batch in every kind of place.
  expect(placesOf(texts, planted).map((place) => place.split(':')[0])).toEqual(SECRETS_MANAGER);
  const withBatch = placesOf(texts, ['20260914T']).map((place) => place.replace(/[/:].*/, ''));
  expect(withBatch).toEqual(
    expect.arrayContaining(['endpoint', 'executions', 'logs', 'slack.ndjson', 'printed', 'ended', 'warehouse score']),
  );
  expect(placesOf(texts, ['{{resolve:'])).toEqual([]);
});
