import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assetKeys } from '../../common/object-keys.ts';
import { memoryStore } from '../../extract/src/memory-store.ts';
import { putKeywordSets } from './put-keyword-sets.ts';

it('brings an edited file over what an earlier start brought', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'sets-')), 'keyword-sets.json');
  writeFileSync(file, '{"default":"edited"}');
  const assets = memoryStore(new Map([[assetKeys.keywordSets, '{"default":"earlier"}']]));

  await putKeywordSets(assets, file);

  expect(assets.texts.get(assetKeys.keywordSets)).toBe('{"default":"edited"}');
});
