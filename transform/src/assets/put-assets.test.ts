import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { strFromU8, unzipSync } from 'fflate';
import { modelPointerSchema } from '../../../common/contracts/model-pointer.ts';
import { InvalidObjectError, MissingObjectError } from '../../../common/errors.ts';
import { keywordSetsSchema } from '../../../common/contracts/keyword-sets.ts';
import { assetsContent } from './dependencies.ts';
import { putAssets, type AssetsDependencies } from './put-assets.ts';

const { version } = assetsContent.model;

function fakeBucket(initial: Record<string, string> = {}) {
  const objects = new Map<string, string | Uint8Array>(Object.entries(initial));
  const assets: AssetsDependencies['assets'] = {
    bucket: 'assets',
    readBytes(key) {
      const found = objects.get(key);
      return found === undefined ? Promise.reject(new MissingObjectError(key)) : Promise.resolve(Buffer.from(found));
    },
    readJson(key, schema) {
      const text = objects.get(key);
      if (typeof text !== 'string') return Promise.reject(new MissingObjectError(key));
      const parsed = schema.safeParse(JSON.parse(text));
      return parsed.success ? Promise.resolve(parsed.data) : Promise.reject(new InvalidObjectError(key));
    },
    write: (key, text) => Promise.resolve(void objects.set(key, text)),
    writeBytes: (key, bytes) => Promise.resolve(void objects.set(key, bytes)),
    writeOnce: (key, text) => {
      const isFree = !objects.has(key);
      if (isFree) objects.set(key, text);
      return Promise.resolve(isFree);
    },
  };
  return { objects, assets };
}

it('puts the job, its modules as a package in a zip, the model and the keyword sets', async () => {
  const { objects, assets } = fakeBucket();

  const data = await putAssets({ assets, ...assetsContent });

  expect([...objects.keys()].sort()).toEqual([
    'code/pyspark/hotpost_job.zip',
    'code/pyspark/placed.json',
    'code/pyspark/spark-job-emr.py',
    'config/alert-routes.json',
    'config/keyword-sets.json',
    `model/${version}.json`,
    'model/current.json',
  ]);
  const files = unzipSync(objects.get('code/pyspark/hotpost_job.zip') as Uint8Array);
  expect(strFromU8(files['hotpost_job/job.py'] ?? new Uint8Array())).toBe(assetsContent.jobModules['job.py']);
  expect(data).toEqual({ Bucket: 'assets', Code: 'written', KeywordSets: 'written', Model: version });
});

it('keeps keyword sets that a team has edited, and replaces an older job', async () => {
  const { objects, assets } = fakeBucket({ 'config/keyword-sets.json': 'edited', 'code/pyspark/spark-job-emr.py': 'older' });

  const data = await putAssets({ assets, ...assetsContent });

  expect(objects.get('config/keyword-sets.json')).toBe('edited');
  expect(String(objects.get('code/pyspark/spark-job-emr.py'))).toBe(assetsContent.jobScript);
  expect(data).toEqual({ Bucket: 'assets', Code: 'written', KeywordSets: 'kept', Model: version });
});

it("leaves a team's own job alone, deployment after deployment, until it is deleted", async () => {
  const { objects, assets } = fakeBucket();
  await putAssets({ assets, ...assetsContent });
  objects.set('code/pyspark/spark-job-emr.py', 'their own');

  for (const release of ['1', '2']) {
    const data = await putAssets({ assets, ...assetsContent, jobScript: `release ${release}`, jobModules: { 'job.py': release } });
    expect(data['Code']).toBe('kept code/pyspark/spark-job-emr.py');
    expect(objects.get('code/pyspark/spark-job-emr.py')).toBe('their own');
    expect(strFromU8(unzipSync(objects.get('code/pyspark/hotpost_job.zip') as Uint8Array)['hotpost_job/job.py'] ?? new Uint8Array())).toBe(
      release,
    );
  }
  objects.delete('code/pyspark/spark-job-emr.py');
  await putAssets({ assets, ...assetsContent, jobScript: 'release 3' });
  expect(String(objects.get('code/pyspark/spark-job-emr.py'))).toBe('release 3');
});

it.each([
  ['replaces the job of any release before', 'release 1'],
  ['replaces its job that was placed when the deployment ended too early', 'release 2'],
])('%s', async (_what, present) => {
  const { objects, assets } = fakeBucket();
  for (const release of ['release 1', 'release 2']) await putAssets({ assets, ...assetsContent, jobScript: release });
  objects.set('code/pyspark/spark-job-emr.py', present);

  await putAssets({ assets, ...assetsContent });

  expect(String(objects.get('code/pyspark/spark-job-emr.py'))).toBe(assetsContent.jobScript);
});

it.each([
  ['points to its own model where nothing did', undefined, version, undefined],
  ['points to its own model after an older one', '{"model_version":"older-1"}', version, undefined],
  ['leaves a model that a person pinned', '{"model_version":"older-1","pinned":true}', 'older-1', undefined],
  [
    'replaces a pinned model that its job cannot read',
    '{"model_version":"oldest-1","pinned":true}',
    version,
    'oldest-1 is of schema 1, and the job reads',
  ],
  ['replaces a pinned model that is gone', '{"model_version":"gone-1","pinned":true}', version, 'gone-1 is not in the bucket'],
  ['replaces a pointer that cannot be read', '{"model":"older-1"}', version, 'model/current.json'],
])('%s, keeps older models, and says which pin gave way', async (_what, pointer, expected, gaveWay) => {
  const readable = JSON.stringify({ schema: assetsContent.model.schema, model_version: 'older-1' });
  const older = { 'model/older-1.json': readable, 'model/oldest-1.json': '{"schema":1,"model_version":"oldest-1"}' };
  const { objects, assets } = fakeBucket(pointer === undefined ? older : { ...older, 'model/current.json': pointer });

  const data = await putAssets({ assets, ...assetsContent });

  expect(data['ReplacedPin']).toEqual(gaveWay === undefined ? undefined : expect.stringContaining(gaveWay));
  expect(modelPointerSchema.parse(JSON.parse(String(objects.get('model/current.json')))).model_version).toBe(expected);
  expect(objects.get('model/older-1.json')).toBe(readable);
});

it('makes the same zip from the same modules', async () => {
  const [first, second] = [fakeBucket(), fakeBucket()];

  await putAssets({ assets: first.assets, ...assetsContent });
  await putAssets({ assets: second.assets, ...assetsContent });

  expect(first.objects.get('code/pyspark/hotpost_job.zip')).toEqual(second.objects.get('code/pyspark/hotpost_job.zip'));
});

it('carries the model whole and on one line, as the engines read it, and keyword sets that keep their contract', () => {
  const trained: unknown = JSON.parse(readFileSync(join(__dirname, '../../model/model.json'), 'utf8'));

  expect(isDeepStrictEqual(JSON.parse(assetsContent.model.document), trained)).toBe(true);
  expect(assetsContent.model.document.indexOf('\n')).toBe(assetsContent.model.document.length - 1);
  expect(keywordSetsSchema.safeParse(JSON.parse(assetsContent.keywordSets)).success).toBe(true);
});
