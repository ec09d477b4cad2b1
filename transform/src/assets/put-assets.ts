import { modelHeadSchema, modelPointerSchema, type ModelPointer } from '../../../common/contracts/model-pointer.ts';
import type { CustomResourceData } from '../../../common/custom-resource.ts';
import { InvalidObjectError } from '../../../common/errors.ts';
import { assetKeys } from '../../../common/object-keys.ts';
import { ifThere, type ObjectStore } from '../../../common/object-store.ts';
import { jobArchive } from './job-archive.ts';
import { placeCode } from './place-code.ts';

export interface AssetsDependencies {
  readonly assets: Pick<ObjectStore, 'bucket' | 'readBytes' | 'readJson' | 'write' | 'writeBytes' | 'writeOnce'>;
  readonly jobScript: string;
  /** By file name inside hotpost_job/. */
  readonly jobModules: Readonly<Record<string, string>>;
  readonly model: { readonly version: string; readonly schema: number; readonly document: string };
  readonly keywordSets: string;
  readonly alertRoutes: string;
  /** The bucket outlives the stack. */
  readonly retain: boolean;
}

/**
 * Puts what EMR and the stages read into the assets bucket. Job and modules are replaced at each deploy, unless a team has put its own in
 * their place; each model stays beside the others under its version. Keyword sets, alert routes and a pinned model are a team's own: they
 * are written only when missing, or never.
 */
export async function putAssets({ assets, ...content }: Omit<AssetsDependencies, 'retain'>): Promise<CustomResourceData> {
  const code = { [assetKeys.job]: Buffer.from(content.jobScript), [assetKeys.jobModules]: jobArchive(content.jobModules) };
  const kept = await placeCode(code, assets);
  await assets.write(assetKeys.model(content.model.version), content.model.document);
  const { pointer, replaced } = await pointerTo(content.model, assets);
  await assets.write(assetKeys.currentModel, `${JSON.stringify(pointer)}\n`);
  const isFirst = await assets.writeOnce(assetKeys.keywordSets, content.keywordSets);
  await assets.writeOnce(assetKeys.alertRoutes, content.alertRoutes);
  return {
    Bucket: assets.bucket,
    Code: kept.length === 0 ? 'written' : `kept ${kept.join(', ')}`,
    KeywordSets: isFirst ? 'written' : 'kept',
    Model: pointer.model_version,
    ...(replaced === null ? {} : { ReplacedPin: replaced }),
  };
}

/**
 * A pinned pointer as it is. One that cannot be read, or whose model the job that comes along cannot read, gives way to the model of the
 * deploy: a job that fails every batch would be no choice of the person who pinned it. `replaced` says what gave way and why.
 */
async function pointerTo(
  shipped: AssetsDependencies['model'],
  assets: AssetsDependencies['assets'],
): Promise<{ pointer: ModelPointer; replaced: string | null }> {
  const pointer = { model_version: shipped.version, pinned: false };
  try {
    const present = await ifThere(assets.readJson(assetKeys.currentModel, modelPointerSchema));
    if (!present?.pinned) return { pointer, replaced: null };
    const head = await ifThere(assets.readJson(assetKeys.model(present.model_version), modelHeadSchema));
    if (head?.schema === shipped.schema) return { pointer: present, replaced: null };
    const reason = head ? `is of schema ${head.schema}, and the job reads ${shipped.schema}` : 'is not in the bucket';
    return { pointer, replaced: `${present.model_version} ${reason}` };
  } catch (error) {
    if (!(error instanceof InvalidObjectError)) throw error;
    return { pointer, replaced: error.message };
  }
}
