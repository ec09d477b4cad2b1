import { strToU8, zipSync } from 'fflate';

/** Zip holds local time without a zone: this text without a zone gives the same bytes everywhere. 1980 is where zip begins. */
const FIXED_TIME = new Date('1980-01-01T00:00:00');

/** hotpost_job.zip for --py-files: the files under hotpost_job/, the same bytes for the same texts. */
export function jobArchive(modules: Readonly<Record<string, string>>): Uint8Array {
  const names = Object.keys(modules).sort();
  return zipSync(Object.fromEntries(names.map((name) => [`hotpost_job/${name}`, strToU8(modules[name] ?? '')])), {
    level: 9,
    mtime: FIXED_TIME,
  });
}
