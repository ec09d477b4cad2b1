import { readFileSync } from 'node:fs';
import * as z from 'zod';

/**
 * Reads a JSON file that an earlier run left. @param parse throws a ZodError when the content is none of ours.
 * @throws Error of one sentence, naming the file, when it is damaged; the content (it may be a secret) is not told.
 */
export function readStoredJson<T>(file: string, parse: (content: unknown) => T): T {
  const text = readFileSync(file, 'utf8');
  try {
    return parse(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
    // eslint-disable-next-line preserve-caught-error -- the parser quotes the content, which may be a secret
    throw new Error(`${file} is damaged. Put a good copy in its place, or begin anew: npm start -- --fresh`);
  }
}
