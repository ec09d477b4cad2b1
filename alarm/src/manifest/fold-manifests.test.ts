import type { Manifest } from '../../../common/contracts/manifest.ts';
import { foldedManifestSchema } from '../../../common/contracts/manifest.ts';
import { InvalidObjectError, MissingObjectError } from '../../../common/errors.ts';
import type { ObjectStore } from '../../../common/object-store.ts';
import { runRecord } from './fold-manifests.ts';

const BATCH = '20261120T053000Z';

function bucketOf(objects: Record<string, string>): ObjectStore {
  const refuse = () => Promise.reject(new Error('not expected'));
  return {
    bucket: 'data',
    readText: refuse,
    readBytes: refuse,
    remove: refuse,
    writeBytes: refuse,
    exists: refuse,
    list: (prefix) => Promise.resolve(Object.keys(objects).filter((key) => key.startsWith(prefix))),
    readJson(key, schema) {
      if (!(key in objects)) return Promise.reject(new MissingObjectError(key));
      const parsed = schema.safeParse(JSON.parse(objects[key] ?? ''));
      return parsed.success ? Promise.resolve(parsed.data) : Promise.reject(new InvalidObjectError(key));
    },
    write(key, text) {
      objects[key] = text;
      return Promise.resolve();
    },
    writeOnce(key, text) {
      const isFree = !(key in objects);
      if (isFree) objects[key] = text;
      return Promise.resolve(isFree);
    },
  };
}

function taskOf(part: string, counts: Manifest['counts']): Manifest {
  return { batch: BATCH, stage: 'extract', part, site: 'clien', counts, problems: [] };
}

it('folds the manifests of a batch, sums by stage, and names a broken one', async () => {
  const tasks = [taskOf('clien-0001', { posts: 3, comments: 40 }), taskOf('clien-0002', { posts: 2 })];
  const objects: Record<string, string> = {
    [`manifest/${BATCH}/extract-clien-0001.json`]: JSON.stringify(tasks[0]),
    [`manifest/${BATCH}/extract-clien-0002.json`]: JSON.stringify(tasks[1]),
    [`manifest/${BATCH}/plan-all.json`]: '{"half":',
    'manifest/20261120T060000Z/extract-clien-0001.json': JSON.stringify(taskOf('clien-0001', { posts: 99 })),
  };
  objects[`manifest/${BATCH}/plan-all.json`] = '{"stage":"plan"}';
  const record = runRecord(bucketOf(objects));

  await record.fold(BATCH, { status: 'SUCCEEDED', quiet: false });

  expect(foldedManifestSchema.parse(JSON.parse(objects[`manifest/${BATCH}.json`] ?? ''))).toEqual({
    batch: BATCH,
    status: 'SUCCEEDED',
    quiet: false,
    failure: null,
    counts: { extract: { posts: 5, comments: 40 } },
    tasks,
    unreadable: [`manifest/${BATCH}/plan-all.json`],
  });
});

it('says why a run failed, and how it ended when it is run again', async () => {
  const objects: Record<string, string> = {};
  const record = runRecord(bucketOf(objects));
  const failure = { state: 'Plan', error: 'MissingObjectError', cause: 'no plan' };

  await record.fold(BATCH, { status: 'FAILED', failure, quiet: false });
  expect(JSON.parse(objects[`manifest/${BATCH}.json`] ?? '')).toMatchObject({ status: 'FAILED', failure });

  await record.fold(BATCH, { status: 'SUCCEEDED', quiet: false });
  expect(JSON.parse(objects[`manifest/${BATCH}.json`] ?? '')).toMatchObject({ status: 'SUCCEEDED', failure: null });
});

it('writes the alarm’s own manifest once', async () => {
  const objects: Record<string, string> = {};
  const record = runRecord(bucketOf(objects));

  await record.write(BATCH, { due: 2, sent: 2, repeated: 0 }, { hot_share: 0.05 });
  await record.write(BATCH, { due: 2, sent: 0, repeated: 0 }, {});

  expect(JSON.parse(objects[`manifest/${BATCH}/alarm-all.json`] ?? '')).toMatchObject({
    stage: 'alarm',
    counts: { sent: 2 },
    figures: { hot_share: 0.05 },
  });
});

it('remembers that a batch was a quiet one, and takes a broken or missing record for none', async () => {
  const objects: Record<string, string> = {};
  const record = runRecord(bucketOf(objects));

  expect(await record.wasQuiet(BATCH)).toBe(false);
  await record.fold(BATCH, { status: 'FAILED', failure: { state: 'Plan', error: 'E', cause: '' }, quiet: true });
  expect(await record.wasQuiet(BATCH)).toBe(true);
  objects[`manifest/${BATCH}.json`] = '{}';
  expect(await record.wasQuiet(BATCH)).toBe(false);
});
