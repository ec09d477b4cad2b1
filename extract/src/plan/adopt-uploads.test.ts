import { objectKeys } from '../../../common/object-keys.ts';
import { statePost } from '../crawl/memory-posts.ts';
import { BATCH, bring, commentRecord, planWorld, postRecord, rawRecords } from './plan-fixture.ts';

const upload = 'clien-c0123abcd';
const clienPost = (id: string) => statePost(id, { site: 'clien', board: 'park' });
const collectedKeys = (data: { texts: Map<string, string>; bytes: Map<string, unknown> }) =>
  [...data.texts.keys(), ...data.bytes.keys()].filter((key) => key.startsWith('collected/'));

it('takes an upload into the batch as a part of its own, and does not read its posts again at once', async () => {
  const { plan, data, posts, manifest } = planWorld([clienPost('1'), clienPost('2')]);
  await bring(data, upload, [postRecord('1', { created_at: '2026-11-20T01:00:00Z', keywords: ['코나'] })], [commentRecord('1', '11')]);

  expect(await plan()).toMatchObject({ collected: 1, posts: 1, partCount: 1 });

  expect(rawRecords(data)).toEqual([`comment ${BATCH} 1/11`, `post ${BATCH} 1`]);
  expect(manifest('extract', upload)).toMatchObject({ site: 'clien', counts: { posts: 1, comments: 1, requests: 0, quarantined: 0 } });
  expect(posts.posts.get('post#clien#park#1')).toMatchObject({
    last_checked_at: '2026-11-20T04:50:00Z',
    comment_count: 1,
    matched: true,
    due_site: 'clien',
  });
  expect(collectedKeys(data)).toEqual([]);
});

it('gives a post that nobody knew to the schedule', async () => {
  const { plan, data, posts } = planWorld();
  await bring(data, upload, [postRecord('9')], []);

  await plan();

  expect(posts.posts.get('post#clien#park#9')).toMatchObject({ status: 'due', next_due_at: '2026-11-20T04:50:00Z' });
});

it('leaves an upload that is still being written', async () => {
  const { plan, data } = planWorld();
  await data.write(objectKeys.collectedComments(upload), '');

  expect(await plan()).toMatchObject({ collected: 0 });

  expect(collectedKeys(data)).toEqual([objectKeys.collectedComments(upload)]);
});

it.each([
  ['a backfill', { backfill: { from: '2026-10-01', to: '2026-10-02' } }],
  ['a run in DEV', { environment: 'DEV' as const }],
])('leaves uploads to others in %s', async (_, changes) => {
  const { plan, data } = planWorld();
  await bring(data, upload, [postRecord('1')], []);

  expect(await plan(changes)).toMatchObject({ collected: 0 });

  expect(collectedKeys(data)).toHaveLength(2);
});

it('keeps bad lines apart, with the reason', async () => {
  const { plan, data, manifest } = planWorld();
  await bring(data, upload, [postRecord('1'), { ...postRecord('2'), views: -1 }], [commentRecord('2', '21')]);

  await plan();

  expect(rawRecords(data)).toEqual([`post ${BATCH} 1`]);
  expect(manifest('extract', upload).counts).toMatchObject({ posts: 1, comments: 0, quarantined: 2 });
  const refused = data.texts.get(`${objectKeys.quarantine('extract', BATCH)}${upload}.ndjson.gz`) ?? '';
  expect(refused).toContain('its post is not in the upload');
});

it('says what a newer collector added, and that its clock is ahead', async () => {
  const { plan, data, manifest } = planWorld();
  const ahead = postRecord('2', { collected_at: '2026-11-20T07:00:00Z' });
  await bring(data, upload, [{ ...postRecord('1'), author: '이름' }, ahead], []);

  await plan();

  expect(rawRecords(data)).toEqual([`post ${BATCH} 1`]);
  expect(manifest('extract', upload).problems.map(({ kind, message }) => [kind, message])).toEqual([
    ['clock_ahead', '1 lines, first collected_at: 2026-11-20T07:00:00Z lies ahead of this run; set the clock of the collector'],
    ['unknown_field', 'author in 1 lines; left out'],
  ]);
  expect([...data.texts.values()].join()).not.toContain('이름');
});

it('takes twenty uploads in one run, and the others in the next', async () => {
  const { plan, data, manifest } = planWorld();
  const names = Array.from({ length: 23 }, (_, index) => `clien-c${String(index).padStart(8, '0')}`);
  for (const [index, name] of names.entries()) await bring(data, name, [postRecord(String(index + 1))], []);

  expect(await plan()).toMatchObject({ collected: 20 });
  expect(manifest('plan', 'all').counts).toMatchObject({ waiting: 3 });
  expect(await plan({ batch: '20261120T053000Z' })).toMatchObject({ collected: 3 });
});

describe('an upload that cannot be read', () => {
  it.each([
    ['of no gzip', upload, 'its post file cannot be read'],
    ['of a site that is not read here', 'elsewhere-c0123abcd', 'its name names no site'],
    ['with a name that collectors do not give', 'something', 'its name names no site'],
  ])('%s is moved to the quarantine, said in the manifest, and stops nobody', async (_, name, reason) => {
    const { plan, data, manifest } = planWorld([clienPost('1')]);
    await data.write(objectKeys.collectedComments(name), '');
    await data.writeBytes(objectKeys.collectedPosts(name), Buffer.from('not gzip'));
    await bring(data, 'clien-cffffffff', [postRecord('5')], []);

    expect(await plan()).toMatchObject({ collected: 1, posts: 1 });

    expect(rawRecords(data)).toEqual([`post ${BATCH} 5`]);
    expect(collectedKeys(data)).toEqual([]);
    expect(data.bytes.get(`${objectKeys.quarantine('extract', BATCH)}${name}/post.ndjson.gz`)).toEqual(Buffer.from('not gzip'));
    expect(manifest('plan', 'all')).toMatchObject({
      counts: { setAside: 1 },
      problems: [{ kind: 'UnreadableUploadError', subject: name }],
    });
    expect(manifest('plan', 'all').problems[0]?.message).toContain(reason);
  });

  it('is one, too, without its comments, or with a claim that is none', async () => {
    const { plan, data, manifest } = planWorld();
    await data.write(objectKeys.collectedPosts(upload), '');
    await bring(data, 'clien-cffffffff', [postRecord('5')], []);
    await data.write(objectKeys.collectedClaim('clien-cffffffff'), '{}');

    expect(await plan()).toMatchObject({ collected: 0 });

    expect(manifest('plan', 'all').problems.map(({ subject }) => subject)).toEqual([upload, 'clien-cffffffff']);
    expect(collectedKeys(data)).toEqual([]);
  });
});
