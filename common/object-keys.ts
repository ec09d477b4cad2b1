import type { Batch } from './contracts/batch.ts';
import type { PostKey } from './contracts/records.ts';

/** Where every object lies: the one place that spells a key of the data bucket. */
export const objectKeys = {
  part: (batch: Batch, part: string) => `plan/${batch}/${part}.json`,
  planIndex: (batch: Batch) => `plan/${batch}/index.json`,
  parts: (batch: Batch) => `plan/${batch}/`,
  rawPosts: (batch: Batch, site: string, part: string) => `raw/post/batch=${batch}/site=${site}/${part}.ndjson.gz`,
  rawComments: (batch: Batch, site: string, part: string) => `raw/comment/batch=${batch}/site=${site}/${part}.ndjson.gz`,
  rawPage: (batch: Batch, key: PostKey) => `raw/page/batch=${batch}/site=${key.site}/${key.board}-${key.post_id}.html.gz`,
  processed: (table: 'post' | 'comment' | 'score' | 'summary', batch: Batch) => `processed/${table}/batch=${batch}/`,
  quarantine: (stage: 'extract' | 'transform', batch: Batch) => `quarantine/${stage}/batch=${batch}/`,
  manifest: (batch: Batch, stage: string, part: string) => `manifest/${batch}/${stage}-${part}.json`,
  manifests: (batch: Batch) => `manifest/${batch}/`,
  foldedManifest: (batch: Batch) => `manifest/${batch}.json`,
} as const;

/** Keys of the assets bucket. */
export const assetKeys = {
  job: 'code/pyspark/spark-job-emr.py',
  jobModules: 'code/pyspark/hotpost_job.zip',
  model: 'model/model.json',
  keywordSets: 'config/keyword-sets.json',
} as const;
