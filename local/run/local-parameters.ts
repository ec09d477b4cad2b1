import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { repository } from './directories.ts';

/** The template parameters of the laptop run: local/parameters.json, with the addresses of this start filled in. */
export function localParameters(addresses: Readonly<Record<string, string>>): Record<string, string> {
  const file = join(repository, 'local', 'parameters.json');
  const parameters = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')));
  const fill = (text: string) => text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => addresses[name] ?? whole);
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, fill(value)]));
}
