import { gunzipSync, gzipSync } from 'node:zlib';
import { InvalidObjectError, MissingObjectError } from '../../common/errors.ts';
import type { ObjectStore } from '../../common/object-store.ts';

/** For tests: a bucket in memory, its texts and what was written as bytes by key. */
export type MemoryStore = ObjectStore & { readonly texts: Map<string, string>; readonly bytes: Map<string, Uint8Array> };

/** For tests: a bucket in memory. A text under a key that ends in `.gz` is compressed when it is read as bytes, and bytes the other way. */
export function memoryStore(texts = new Map<string, string>(), bytes = new Map<string, Uint8Array>()): MemoryStore {
  const missing = (key: string) => Promise.reject(new MissingObjectError(`${key} does not exist`));
  const put = (key: string, text: string) => {
    bytes.delete(key);
    texts.set(key, text);
  };
  const has = (key: string) => texts.has(key) || bytes.has(key);
  const store: MemoryStore = {
    bucket: 'memory',
    texts,
    bytes,
    readText(key) {
      const stored = bytes.get(key);
      const text = stored ? Buffer.from(key.endsWith('.gz') ? gunzipSync(stored) : stored).toString('utf8') : texts.get(key);
      return text === undefined ? missing(key) : Promise.resolve(text);
    },
    async readJson(key, schema) {
      const parsed = schema.safeParse(JSON.parse(await store.readText(key)));
      if (!parsed.success) throw new InvalidObjectError(`${key}: ${parsed.error.message}`);
      return parsed.data;
    },
    readBytes(key) {
      const text = texts.get(key);
      const stored = bytes.get(key) ?? (text === undefined ? undefined : key.endsWith('.gz') ? gzipSync(text) : Buffer.from(text));
      return stored === undefined ? missing(key) : Promise.resolve(stored);
    },
    exists: (key) => Promise.resolve(has(key)),
    write(key, text) {
      put(key, text);
      return Promise.resolve();
    },
    writeBytes(key, written) {
      texts.delete(key);
      bytes.set(key, written);
      return Promise.resolve();
    },
    writeOnce(key, text) {
      if (has(key)) return Promise.resolve(false);
      put(key, text);
      return Promise.resolve(true);
    },
    remove(key) {
      texts.delete(key);
      bytes.delete(key);
      return Promise.resolve();
    },
    list: (prefix) => Promise.resolve([...new Set([...texts.keys(), ...bytes.keys()])].filter((key) => key.startsWith(prefix)).sort()),
  };
  return store;
}
