import type { CustomResourceData } from '../../../common/custom-resource.ts';
import { assetKeys } from '../../../common/object-keys.ts';
import type { ObjectStore } from '../../../common/object-store.ts';
import { jobArchive } from './job-archive.ts';

export interface AssetsDependencies {
  readonly assets: Pick<ObjectStore, 'bucket' | 'write' | 'writeBytes' | 'writeOnce'>;
  readonly jobScript: string;
  /** By file name inside hotpost_job/. */
  readonly jobModules: Readonly<Record<string, string>>;
  readonly model: string;
  readonly keywordSets: string;
}

/**
 * Puts what EMR and the stages read into the assets bucket. Job, modules and model are replaced at each deploy;
 * the keyword sets are a team's own once they are there, so they are written only when missing.
 */
export async function putAssets({ assets, ...content }: AssetsDependencies): Promise<CustomResourceData> {
  await Promise.all([
    assets.write(assetKeys.job, content.jobScript),
    assets.writeBytes(assetKeys.jobModules, jobArchive(content.jobModules)),
    assets.write(assetKeys.model, content.model),
  ]);
  const isFirst = await assets.writeOnce(assetKeys.keywordSets, content.keywordSets);
  return { Bucket: assets.bucket, KeywordSets: isFirst ? 'written' : 'kept' };
}
