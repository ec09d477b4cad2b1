import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { strFromU8, unzipSync } from 'fflate';
import { keywordSetsSchema } from '../../../common/contracts/keyword-sets.ts';
import { assetsContent } from './dependencies.ts';
import { putAssets, type AssetsDependencies } from './put-assets.ts';

function fakeBucket(initial: Record<string, string> = {}) {
  const objects = new Map<string, string | Uint8Array>(Object.entries(initial));
  const assets: AssetsDependencies['assets'] = {
    bucket: 'assets',
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
    'code/pyspark/spark-job-emr.py',
    'config/keyword-sets.json',
    'model/model.json',
  ]);
  const files = unzipSync(objects.get('code/pyspark/hotpost_job.zip') as Uint8Array);
  expect(strFromU8(files['hotpost_job/job.py'] ?? new Uint8Array())).toBe(assetsContent.jobModules['job.py']);
  expect(data).toEqual({ Bucket: 'assets', KeywordSets: 'written' });
});

it('keeps keyword sets that a team has edited, and replaces an older job', async () => {
  const { objects, assets } = fakeBucket({ 'config/keyword-sets.json': 'edited', 'code/pyspark/spark-job-emr.py': 'older' });

  const data = await putAssets({ assets, ...assetsContent });

  expect(objects.get('config/keyword-sets.json')).toBe('edited');
  expect(objects.get('code/pyspark/spark-job-emr.py')).toBe(assetsContent.jobScript);
  expect(data).toEqual({ Bucket: 'assets', KeywordSets: 'kept' });
});

it('makes the same zip from the same modules', async () => {
  const [first, second] = [fakeBucket(), fakeBucket()];

  await putAssets({ assets: first.assets, ...assetsContent });
  await putAssets({ assets: second.assets, ...assetsContent });

  expect(first.objects.get('code/pyspark/hotpost_job.zip')).toEqual(second.objects.get('code/pyspark/hotpost_job.zip'));
});

it('carries the model whole and on one line, as the engines read it, and keyword sets that keep their contract', () => {
  const trained: unknown = JSON.parse(readFileSync(join(__dirname, '../../model/model.json'), 'utf8'));

  expect(isDeepStrictEqual(JSON.parse(assetsContent.model), trained)).toBe(true);
  expect(assetsContent.model.indexOf('\n')).toBe(assetsContent.model.length - 1);
  expect(keywordSetsSchema.safeParse(JSON.parse(assetsContent.keywordSets)).success).toBe(true);
});
