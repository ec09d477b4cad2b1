import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MIN_KEY_LENGTH } from '../../extract/src/crawl/author-hash.ts';
import { UserError } from '../run/user-error.ts';

/** The variable that holds a deployment's key. */
export const KEY_VARIABLE = 'HOTPOST_AUTHOR_HASH_KEY';

/** The key from the environment, or null when there is none. @throws UserError for one that is too short to hide anything. */
export function givenHashKey(environment: NodeJS.ProcessEnv): string | null {
  const key = environment[KEY_VARIABLE]?.trim();
  if (!key) return null;
  if (key.length < MIN_KEY_LENGTH)
    throw new UserError(`${KEY_VARIABLE} has ${key.length} characters; a key has at least ${MIN_KEY_LENGTH}.`);
  return key;
}

/** The key from the environment, else this machine's own one, made once and readable by its owner alone. @param data the run data directory. */
export function localHashKey(data: string, environment: NodeJS.ProcessEnv): string {
  const given = givenHashKey(environment);
  if (given !== null) return given;
  const file = join(data, 'author-hash.key');
  try {
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
