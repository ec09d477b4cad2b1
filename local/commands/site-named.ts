import { definitions } from '../../extract/src/sites/registry.ts';
import type { SiteDefinition } from '../../extract/src/sites/site.ts';
import { UserError } from '../run/user-error.ts';

/** A community by the name that a user gave. @throws UserError naming the communities that there are. */
export function siteNamed(name: string): SiteDefinition {
  const found = definitions.find((definition) => definition.name === name);
  if (found) return found;
  throw new UserError(`There is no site "${name}"; use one of ${definitions.map((definition) => definition.name).join(', ')}.`);
}
