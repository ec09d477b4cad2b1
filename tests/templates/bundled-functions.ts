import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunctions } from '../../local/lambda/bundle.ts';
import { deployed, REPOSITORY } from './repository-templates.ts';

export interface BundledFunctions {
  /** The bundle of `PlanFunction`, beside it esbuild's metafile. @throws Error for a function that is not there. */
  pathOf(logicalId: string): string;
  remove(): void;
}

/** Every function of the application as `sam build` would bundle it: some seconds. */
export async function bundledFunctions(): Promise<BundledFunctions> {
  const outDirectory = mkdtempSync(join(tmpdir(), 'hotpost-bundles-'));
  const { functions } = deployed();
  const bundleOf = await bundleFunctions({ functions, outDirectory, projectDirectory: REPOSITORY });
  return {
    pathOf(logicalId) {
      const one = functions.find((each) => each.logicalId === logicalId);
      if (!one) throw new Error(`The templates have no ${logicalId}`);
      return bundleOf(one);
    },
    remove: () => rmSync(outDirectory, { recursive: true }),
  };
}
