import type { DeployedFunction } from '../template/application.ts';

/** `sam build` sets these itself, and would drop them without a word. */
const RESERVED = ['bundle', 'platform', 'outdir'];
/** These say something to `sam build`, not to esbuild. */
const IGNORED = ['use-npm-ci', 'entry-points'];
/** What `sam build` assumes for what the template does not say. */
const DEFAULTS = { target: 'es2020', format: 'cjs', minify: true } as const;

/**
 * The esbuild flags of a function's Metadata.BuildProperties, as `sam build` makes them: PascalCase becomes kebab-case, a text
 * `--key=text`, a list `--key:item` each, true `--key`, false nothing.
 * @throws Error naming a property that esbuild would not take in that form.
 */
export function esbuildArguments({ logicalId, template, buildProperties }: DeployedFunction): string[] {
  const given = Object.entries(buildProperties).map(([property, value]) => [kebabCase(property), value, property] as const);
  const named = new Set(given.map(([key]) => key));
  const defaults = Object.entries(DEFAULTS).filter(([key]) => !named.has(key));
  return [...given, ...defaults.map(([key, value]) => [key, value, key] as const)].flatMap(([key, value, property]) => {
    if (RESERVED.includes(key)) throw refused(property, `${template}: sam build sets it itself`);
    if (IGNORED.includes(key) || value === false) return [];
    if (value === true) return [`--${key}`];
    if (typeof value === 'string') return [`--${key}=${value}`];
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.map((item) => `--${key}:${item}`);
    throw refused(property, `${template}: give a text, a list of texts, true or false`);
  });

  function refused(property: string, why: string): Error {
    return new Error(`BuildProperties.${property} of ${logicalId} in ${why}`);
  }
}

function kebabCase(pascalCase: string): string {
  return pascalCase.replace(/(?<!^)(?=[A-Z])/g, '-').toLowerCase();
}
