import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import * as z from 'zod';
import { postKeySchema, utcInstantSchema } from '../../../common/contracts/records.ts';
import { InvalidObjectError } from '../../../common/errors.ts';

/** What one reading fetched, as it came: a post's own page first, then those of its comments; or a list. */
const keptPagesSchema = z.strictObject({
  /** Null for a list. */
  key: postKeySchema.nullable(),
  collected_at: utcInstantSchema,
  pages: z.array(z.strictObject({ url: z.string(), text: z.string() })).min(1),
});
export type KeptPages = z.infer<typeof keptPagesSchema>;

/** Locks kept pages up, and opens them. Pages are full of nicknames, also where no selector looks. */
export interface PageSeal {
  seal(pages: KeptPages): Uint8Array;
  /** @throws InvalidObjectError when the key is another one or the object is damaged. */
  open(sealed: Uint8Array, name: string): KeptPages;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Zstandard (a quarter of gzip's time, and smaller), then AES-256-GCM: nonce (12 bytes), tag (16), text. The key is derived
 * (HKDF-SHA256, RFC 5869) from the author hash key, so a deployment has one secret for both.
 */
export function pageSeal(secret: string): PageSeal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'hotpost kept pages', 32));
  return {
    seal(pages) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce);
      const text = Buffer.concat([cipher.update(zstdCompressSync(JSON.stringify(pages))), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]);
    },
    open(sealed, name) {
      try {
        const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
        decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        const text = Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
        return keptPagesSchema.parse(JSON.parse(zstdDecompressSync(text).toString('utf8')));
      } catch (cause) {
        throw new InvalidObjectError(`${name} cannot be opened: it is damaged, or was sealed with another author hash key`, { cause });
      }
    },
  };
}
