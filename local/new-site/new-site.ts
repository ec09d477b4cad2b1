import { join } from 'node:path';
import { layOutSite, NewSiteError } from './lay-out-site.ts';

/** `npm run new-site <name>`: lays out extract/src/sites/<name> with an example that passes its tests. docs/add-a-site.md goes on from there. */
const [name, ...rest] = process.argv.slice(2);
try {
  if (name === undefined || rest.length > 0) throw new NewSiteError('Name one site: npm run new-site <name>');
  const files = layOutSite(join(import.meta.dirname, '..', '..'), name);
  process.stdout.write(`${files.join('\n')}\n\nThe example reads its own fixtures. Make it read the site: docs/add-a-site.md\n`);
} catch (error) {
  if (!(error instanceof NewSiteError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
