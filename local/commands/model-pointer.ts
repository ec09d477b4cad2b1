import shipped from '../../transform/model/model.json' with { type: 'json' };
import { modelHeadSchema, modelPointerSchema, type ModelPointer } from '../../common/contracts/model-pointer.ts';
import { assetKeys } from '../../common/object-keys.ts';
import { objectStore, type ObjectStore } from '../../common/object-store.ts';
import { UserError } from '../run/user-error.ts';
import { withLaptop } from '../run/with-laptop.ts';
import type { GlobalOptions } from './global-options.ts';

/** `npm start -- model`: the models that there are, and which one scores. `npm start -- model use <version>` chooses. Returns 0. */
export async function showModels(global: GlobalOptions): Promise<number> {
  return onAssets(global, async (assets) => {
    for (const line of await modelLines(assets)) console.log(line);
  });
}

/** @throws UserError naming the versions that there are. */
export async function useModel(global: GlobalOptions, version: string): Promise<number> {
  return onAssets(global, async (assets) => {
    await pointTo(version, assets);
    for (const line of await modelLines(assets)) console.log(line);
  });
}

/** A line a model, the one that scores marked. */
export async function modelLines(assets: Pick<ObjectStore, 'list' | 'readJson'>): Promise<string[]> {
  const current = await assets.readJson(assetKeys.currentModel, modelPointerSchema);
  return (await versionsIn(assets)).map((version) => (version === current.model_version ? markedLine(current) : `  ${version}`));
}

/**
 * Lets a model score from the next batch on. A deploy leaves it, unless it is the one that this checkout ships (`ours`).
 * @throws UserError for one that is not there, is another than its name says, or that the job cannot read; InvalidObjectError for no model.
 */
export async function pointTo(
  version: string,
  assets: Pick<ObjectStore, 'list' | 'readJson' | 'write'>,
  ours = modelHeadSchema.parse(shipped),
): Promise<void> {
  const versions = await versionsIn(assets);
  if (!versions.includes(version)) throw new UserError(`There is no model "${version}". There are: ${versions.join(', ')}.`);
  const head = await assets.readJson(assetKeys.model(version), modelHeadSchema);
  if (head.model_version !== version)
    throw new UserError(`${assetKeys.model(version)} says that it is ${head.model_version}; store it under that name, and use that.`);
  if (head.schema !== ours.schema)
    throw new UserError(
      `Model ${version} has schema ${head.schema}, this job reads ${ours.schema}; train it again, or deploy the job that it came with.`,
    );
  const pointer: ModelPointer = { model_version: version, pinned: version !== ours.model_version };
  await assets.write(assetKeys.currentModel, `${JSON.stringify(pointer)}\n`);
}

function markedLine({ model_version: version, pinned }: ModelPointer): string {
  return `* ${version}  scores${pinned ? ', pinned: a later start leaves it' : ''}`;
}

async function versionsIn(assets: Pick<ObjectStore, 'list'>): Promise<string[]> {
  const keys = await assets.list(assetKeys.models);
  return keys.filter((key) => key !== assetKeys.currentModel).map((key) => key.slice(assetKeys.models.length, -'.json'.length));
}

function onAssets(global: GlobalOptions, act: (assets: ObjectStore) => Promise<void>): Promise<number> {
  return withLaptop(global, async ({ laptop }) => {
    const name = laptop.application.buckets.find(({ logicalId }) => logicalId === 'AssetsBucket')?.name ?? '';
    await act(objectStore(name, laptop.s3));
    return 0;
  });
}
