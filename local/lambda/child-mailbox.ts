import type { ChildProcess } from 'node:child_process';
import type { ChildMessage } from './environment-messages.ts';

/** What can be heard of a child process: its messages, then its end. `timeout` says that nothing was heard in time. */
export type Word =
  | ChildMessage
  | { readonly kind: 'exit'; readonly status: number | null; readonly signal: NodeJS.Signals | null }
  | { readonly kind: 'timeout' };

export interface Mailbox {
  /** The next word, at once when it has come already. One taker at a time. @throws the signal's reason */
  take(milliseconds: number, signal?: AbortSignal): Promise<Word>;
  /** The process has ended, or has said that it will. */
  hasEnded(): boolean;
}

export function mailboxOf(child: ChildProcess): Mailbox {
  const words: Word[] = [];
  let hear: (() => void) | undefined;
  let ended = false;

  const put = (word: Word) => {
    words.push(word);
    hear?.();
  };
  child.on('message', (message: ChildMessage) => {
    if (message.kind === 'fatal') ended = true;
    put(message);
  });
  child.once('exit', (status, signal) => {
    ended = true;
    // The last message may still be in the channel.
    if (child.connected) child.once('disconnect', () => put({ kind: 'exit', status, signal }));
    else put({ kind: 'exit', status, signal });
  });
  child.on('error', () => {
    ended = true;
    put({ kind: 'exit', status: null, signal: null });
  });

  return {
    hasEnded: () => ended,
    take: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const stop = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', abort);
          hear = undefined;
        };
        const abort = () => {
          stop();
          reject(signal?.reason instanceof Error ? signal.reason : new Error('The invocation was aborted'));
        };
        const read = () => {
          const word = words.shift();
          if (!word) return;
          stop();
          resolve(word);
        };
        const timer = setTimeout(() => {
          stop();
          resolve({ kind: 'timeout' });
        }, milliseconds);
        signal?.addEventListener('abort', abort, { once: true });
        hear = read;
        if (signal?.aborted) abort();
        else read();
      }),
  };
}
