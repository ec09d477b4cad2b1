import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';

/** `<directory>/<function>.log` for each function, lines in the order in which they came, of all environments. */
export interface FunctionLog {
  write(functionName: string, line: string): void;
  /** Copies a process's output line by line, so that lines of two environments do not mix. */
  follow(functionName: string, output: Readable): void;
  close(): Promise<void>;
}

export function functionLog(directory: string): FunctionLog {
  mkdirSync(directory, { recursive: true });
  const files = new Map<string, WriteStream>();
  let failed = false;

  const fileOf = (functionName: string) => {
    const open = files.get(functionName);
    if (open) return open;
    const file = createWriteStream(join(directory, `${functionName}.log`), { flags: 'a' });
    file.on('error', (error) => {
      if (!failed) console.error(`Log of ${functionName} cannot be written: ${error.message}`);
      failed = true;
    });
    files.set(functionName, file);
    return file;
  };

  return {
    write: (functionName, line) => fileOf(functionName).write(`${line}\n`),
    follow(functionName, output) {
      createInterface({ input: output, crlfDelay: Infinity }).on('line', (line) => fileOf(functionName).write(`${line}\n`));
    },
    async close() {
      await Promise.all(
        [...files.values()].map(async (file) => {
          file.end();
          // A log that failed has said so already.
          await finished(file).catch(() => undefined);
        }),
      );
    },
  };
}
