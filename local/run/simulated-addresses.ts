import { definitions } from '../../extract/src/sites/registry.ts';

/**
 * Where a simulated run reads each site: at its invented community, and a site that has none yet at an address that never exists (RFC 2606).
 * A real site is read by --live and crawl alone, under a contact that can be reached.
 */
export function simulatedAddresses(
  communities: Readonly<Record<string, string>>,
  sites: readonly string[] = definitions.map(({ name }) => name),
): Record<string, string> {
  const nowhere = (site: string) => `http://${site.replaceAll('_', '-')}.has-no-invented-community.invalid`;
  return Object.fromEntries(sites.map((site) => [site, communities[site] ?? nowhere(site)]));
}
