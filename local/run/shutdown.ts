/**
 * Runs `close` once, whatever ends the program first: the end of the work, Ctrl-C, a termination, or the loss of the
 * set-up process that started it. A second Ctrl-C ends at once.
 */
export function closeOnExit(close: () => Promise<void>): { readonly signal: AbortSignal; finish(): Promise<void> } {
  const controller = new AbortController();
  let closing: Promise<void> | undefined;
  const finish = () => (closing ??= close());
  const stop = (status: number) => {
    if (controller.signal.aborted) process.exit(status);
    controller.abort();
    console.error('\nStopping; what is done is kept, the same command goes on from there.');
    void finish().finally(() => process.exit(status));
    setTimeout(() => process.exit(status), 10_000).unref();
  };
  process.on('SIGINT', () => stop(130));
  process.on('SIGTERM', () => stop(143));
  process.on('disconnect', () => {
    if (!closing) stop(129);
  });
  return { signal: controller.signal, finish };
}
