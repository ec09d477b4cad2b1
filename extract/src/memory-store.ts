import { InvalidObjectError, MissingObjectError } from '../../common/errors.ts';
import type { ObjectStore } from '../../common/object-store.ts';

/** For tests: a bucket in memory, its texts by key. */
export function memoryStore(texts = new Map<string, string>()): ObjectStore & { readonly texts: Map<string, string> } {
  const readText = (key: string) => {
    const text = texts.get(key);
    return text === undefined ? Promise.reject(new MissingObjectError(`${key} does not exist`)) : Promise.resolve(text);
  };
  return {
    bucket: 'memory',
    texts,
    readText,
    async readJson(key, schema) {
      const parsed = schema.safeParse(JSON.parse(await readText(key)));
      if (!parsed.success) throw new InvalidObjectError(`${key}: ${parsed.error.message}`);
      return parsed.data;
    },
    exists: (key) => Promise.resolve(texts.has(key)),
    write(key, text) {
      texts.set(key, text);
      return Promise.resolve();
    },
    writeBytes: () => Promise.reject(new Error('not in this test')),
    writeOnce(key, text) {
      if (texts.has(key)) return Promise.resolve(false);
      texts.set(key, text);
      return Promise.resolve(true);
    },
    list: (prefix) => Promise.resolve([...texts.keys()].filter((key) => key.startsWith(prefix)).sort()),
  };
}
