import { alertOf } from '../alarm/alarm-fixture.ts';
import { startAlertTables, type AlertTables } from '../alert-state/alert-table-fixture.ts';
import { dynamoMutes, memoryMutes, type Mutes } from './mutes.ts';
import { withoutMuted } from './without-muted.ts';

const NOW = '2026-11-20T05:30:00Z';
const LATER = '2026-11-20T06:00:00Z';
const post = { site: 'bobaedream', board: 'national', post_id: '2000001' };
let tables: AlertTables;
beforeAll(async () => {
  tables = await startAlertTables();
});
afterAll(() => tables.stop());

it.each<[string, () => Promise<Mutes>]>([
  ['DynamoDB', async () => dynamoMutes(await tables.create(), tables.client)],
  ['memory', () => Promise.resolve(memoryMutes())],
])('keeps a post and a keyword quiet until their time in %s', async (_where, open) => {
  const mutes = await open();
  const other = alertOf({ post_id: '2', keywords: ['화재'] });
  const heard = async (now: string) => (await withoutMuted([alertOf(), other], mutes, now)).map(({ post_id }) => post_id);
  expect(await heard(NOW)).toEqual(['2000001', '2']);

  await mutes.mute({ post }, LATER);
  await mutes.mute({ keyword: '화재' }, NOW);
  expect(await heard(NOW)).toEqual(['2']);

  await mutes.mute({ keyword: '화재' }, LATER);
  expect(await heard(NOW)).toEqual([]);
  expect(await heard(LATER)).toEqual(['2000001', '2']);
});

it('tells of a post that matches a keyword besides the muted one, and of one without any', async () => {
  const mutes = memoryMutes();
  await mutes.mute({ keyword: '코나' }, LATER);

  const heard = await withoutMuted(
    [alertOf({ keywords: ['코나', '화재'] }), alertOf({ post_id: '2', keywords: [] }), alertOf()],
    mutes,
    NOW,
  );

  expect(heard.map(({ keywords }) => keywords)).toEqual([['코나', '화재'], []]);
});
