import { mkdir, open, readFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import type { AcceptedMessage } from './block-kit-rules.ts';

const receivedMessageSchema = z.object({
  /** Real time, as the sink is no part of the simulated day. */
  received_at: z.string(),
  /** The webhook's path, or the topic of a mail. */
  to: z.string().default(''),
  message: z.looseObject({ text: z.string().optional(), blocks: z.array(z.looseObject({ type: z.string() })).optional() }),
});
export type ReceivedMessage = z.infer<typeof receivedMessageSchema>;

/** Accepted messages as NDJSON, across restarts. */
export interface MessageFile {
  /** Returns when the line is on the disk: before that the message is not received. */
  append(to: string, message: AcceptedMessage): Promise<void>;
  read(): Promise<ReceivedMessage[]>;
  close(): Promise<void>;
}

export async function messageFile(path: string): Promise<MessageFile> {
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(path, 'a');
  await endTornLine(handle, path);
  let last: Promise<unknown> = Promise.resolve();
  return {
    async append(to, message) {
      const line: ReceivedMessage = { received_at: new Date().toISOString(), to, message };
      const written = last.then(async () => {
        await handle.appendFile(`${JSON.stringify(line)}\n`);
        await handle.sync();
      });
      // One after the other; a failed one must not fail the next.
      last = written.catch(() => undefined);
      await written;
    },
    async read() {
      const lines = (await readFile(path, 'utf8')).split('\n').filter(Boolean);
      return lines.flatMap((line) => readLine(line));
    },
    close: () => handle.close(),
  };
}

/** A killed process may leave half a line; the next message starts on its own. */
async function endTornLine(handle: FileHandle, path: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  if (text !== '' && !text.endsWith('\n')) await handle.appendFile('\n');
}

/** Half a line was never answered with `ok`, so it is no message. */
function readLine(line: string): ReceivedMessage[] {
  try {
    return [receivedMessageSchema.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}
