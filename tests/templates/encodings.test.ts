import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { bundleFunctions } from '../../local/lambda/bundle.ts';
import { REPOSITORY, deployed } from './repository-templates.ts';

/* The bundles leave out the tables of iconv-lite that nobody asks for (External in extract/template.yaml). */

const outDirectory = mkdtempSync(join(tmpdir(), 'hotpost-encodings-'));
afterAll(() => {
  rmSync(outDirectory, { recursive: true });
});

it.each(['SearchFunction', 'ExtractFunction', 'ReparseFunction'])('%s reads cp949, syllables beyond KS X 1001 too', async (logicalId) => {
  const found = deployed().functions.find((each) => each.logicalId === logicalId);
  if (!found) throw new Error(`The templates have no ${logicalId}`);
  const charset = { ...found, entryPoint: join(REPOSITORY, 'extract/src/crawl/charset.ts'), handler: 'charset.decodePage' };
  const bundleOf = await bundleFunctions({ functions: [charset], outDirectory, projectDirectory: REPOSITORY });
  const page = iconv.encode('<meta charset="euc-kr"><p>펲시맨 똠방각하 코나 화재</p>', 'cp949').toString('hex');

  const script = `console.log(JSON.stringify(require(process.argv[1]).decodePage(Buffer.from(process.argv[2], 'hex'), null, 'utf-8')))`;
  const told = execFileSync(process.execPath, ['-e', script, bundleOf(charset), page], { encoding: 'utf8', cwd: outDirectory });

  expect(JSON.parse(told)).toEqual({ text: expect.stringContaining('펲시맨 똠방각하 코나 화재') as string, encoding: 'cp949' });
});
