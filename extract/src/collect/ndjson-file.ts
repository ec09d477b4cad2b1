import { open, type FileHandle } from 'node:fs/promises';
import { recordLines, type RecordSink } from './record-sink.ts';

const LINE_FEED = 0x0a;
const TAIL_BYTES = 65_536;

/**
 * Appends records to a file, one post with its comments at a time, one write after the other.
 * The file holds whole lines at any time: a line that an earlier, killed run left unfinished is cut off at the beginning, and one that
 * the disk did not take at once.
 */
export async function ndjsonFile(path: string): Promise<RecordSink> {
  const file = await open(path, 'a+');
  let size = await cutUnfinishedLine(file);
  let last: Promise<unknown> = Promise.resolve();

  const append = async (lines: Buffer) => {
    try {
      for (let written = 0; written < lines.length;) written += (await file.write(lines, written)).bytesWritten;
      size += lines.length;
    } catch (error) {
      // What is no file, such as a pipe, cannot be cut; what went wrong counts.
      await file.truncate(size).catch(() => undefined);
      throw error;
    }
  };
  return {
    write(records) {
      const lines = Buffer.from(recordLines(records));
      const writing = last.then(() => append(lines));
      // Who wrote hears of a failure; the next one tries for itself.
      last = writing.catch(() => undefined);
      return writing;
    },
    async close() {
      await last;
      await file.close();
    },
  };
}

/** The size of the file once it ends with a line feed. */
async function cutUnfinishedLine(file: FileHandle): Promise<number> {
  const { size } = await file.stat();
  for (let end = size; end > 0;) {
    const start = Math.max(0, end - TAIL_BYTES);
    const tail = Buffer.alloc(end - start);
    await file.read(tail, 0, tail.length, start);
    const whole = start + tail.lastIndexOf(LINE_FEED) + 1;
    if (whole > start) {
      if (whole < size) await file.truncate(whole);
      return whole;
    }
    end = start;
  }
  if (size > 0) await file.truncate(0);
  return 0;
}
