import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Said to the person who asked; nothing was written. */
export class NewSiteError extends Error {
  override readonly name = 'NewSiteError';
}

const TEMPLATES = join(import.meta.dirname, 'template');
const ENDING = '.template';
/** As common/contracts/records.ts has it; a name of a site is also a constant of the code. */
const NAME = /^[a-z][a-z0-9_]{1,31}$/;
const RESERVED =
  /^(?:as|break|case|catch|class|const|continue|debugger|default|definitions|delete|do|else|enum|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield|await)$/;

/**
 * Lays out the folder of a new site with a working example, and registers it. Returns the files written, below `root`.
 * @throws NewSiteError for a name that cannot be used.
 */
export function layOutSite(root: string, name: string): string[] {
  if (!NAME.test(name) || RESERVED.test(name))
    throw new NewSiteError(
      `"${name}" is no name for a site: use 2 to 32 of a-z, 0-9 and _, beginning with a letter, and no word of the language.`,
    );
  const sites = join('extract', 'src', 'sites');
  const folder = join(sites, name);
  if (existsSync(join(root, folder))) throw new NewSiteError(`There is a site "${name}" already: see ${folder}.`);

  const registry = join(sites, 'registry.ts');
  const registered = withSite(readFileSync(join(root, registry), 'utf8'), name);
  const files = readdirSync(TEMPLATES, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith(ENDING));
  const written = files.map((path) => {
    const text = readFileSync(join(TEMPLATES, path), 'utf8').replaceAll('__site__', name).replaceAll('__host__', name.replaceAll('_', '-'));
    const file = join(folder, path.slice(0, -ENDING.length));
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
    return file;
  });
  writeFileSync(join(root, registry), registered);
  return [...written.sort(), registry];
}

/** The registry with an import and an entry more. @throws NewSiteError when it does not look as it did. */
function withSite(registry: string, name: string): string {
  const imports = [...registry.matchAll(/^import \{ \w+ \} from '\.\/\w+\/site\.ts';\n/gm)];
  const last = imports.at(-1);
  const list = /(definitions: readonly SiteDefinition\[\] = \[[^\]]*?),?(\s*)\];/;
  if (!last || !list.test(registry))
    throw new NewSiteError(`extract/src/sites/registry.ts is written otherwise than this command knows; add the site by hand.`);
  const end = last.index + last[0].length;
  return `${registry.slice(0, end)}import { ${name} } from './${name}/site.ts';\n${registry.slice(end)}`.replace(list, `$1, ${name}$2];`);
}
