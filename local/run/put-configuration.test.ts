import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assetKeys } from '../../common/object-keys.ts';
import { memoryStore } from '../../extract/src/memory-store.ts';
import { putConfiguration } from './put-configuration.ts';

it('brings edited files over what an earlier start brought', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hotpost-config-'));
  writeFileSync(join(folder, 'keyword-sets.json'), '{"default":"edited"}');
  writeFileSync(join(folder, 'alert-routes.json'), '{"operator":"edited"}');
  const assets = memoryStore(new Map([[assetKeys.keywordSets, '{"default":"earlier"}']]));

  await putConfiguration(assets, folder);

  expect(assets.texts.get(assetKeys.keywordSets)).toBe('{"default":"edited"}');
  expect(assets.texts.get(assetKeys.alertRoutes)).toBe('{"operator":"edited"}');
});
