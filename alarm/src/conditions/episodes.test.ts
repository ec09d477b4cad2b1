import { startAlertTables, type AlertTables } from '../alert-state/alert-table-fixture.ts';
import { dynamoEpisodes, type Episodes } from './episodes.ts';
import { memoryEpisodes } from './memory-episodes.ts';

let tables: AlertTables;
beforeAll(async () => {
  tables = await startAlertTables();
});
afterAll(() => tables.stop());

async function onDynamo(): Promise<Episodes> {
  return dynamoEpisodes(await tables.create(), tables.client);
}

it.each([
  ['DynamoDB', onDynamo],
  ['memory', () => Promise.resolve(memoryEpisodes())],
])('keeps the last word on each site in %s', async (_where, open) => {
  const episodes = await open();
  const episode = { seen: '20261120T053000Z', since: '20261120T050000Z', told: '' };

  expect(await episodes.read('clien')).toBeUndefined();
  await episodes.write('clien', { ...episode, since: '' });
  await episodes.write('clien', episode);

  expect([await episodes.read('clien'), await episodes.read('bobaedream')]).toEqual([episode, undefined]);
});
