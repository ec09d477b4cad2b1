/**
 * Hears the first Ctrl-C, a termination, and the loss of the process that started this one: `signal` then tells the work to end.
 * A second Ctrl-C ends at once.
 */
export function untilStopped(): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
    console.error('\nStopping; what was read is kept.');
  };
  for (const event of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.on(event, stop);
  return {
    signal: controller.signal,
    release() {
      for (const event of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.off(event, stop);
    },
  };
}
