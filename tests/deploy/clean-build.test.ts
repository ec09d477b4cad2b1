import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { esbuildOn } from './clean-build.ts';

it('finds an esbuild in any folder of PATH, and none where there is none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hotpost-path-'));
  const [empty, filled] = [join(folder, 'empty'), join(folder, 'filled')];
  for (const each of [empty, filled]) mkdirSync(each);
  writeFileSync(join(filled, 'esbuild'), '', { mode: 0o755 });
  try {
    expect(esbuildOn(`${empty}:${filled}`)).toBe(join(filled, 'esbuild'));
    expect(esbuildOn(`${empty}:${join(folder, 'absent')}`)).toBeUndefined();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
