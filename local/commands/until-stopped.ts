/**
 * Hears the first Ctrl-C, a termination, and the loss of the process that started this one: `signal` then tells the work to end.
 * A second Ctrl-C ends at once.
 */
export function untilStopped(): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const end = () => {
    if (controller.signal.aborted) return;
    controller.abort();
    console.error('\nStopping; what was read is kept.');
  };
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(130);
    end();
  };
  process.on('SIGINT', interrupt).on('SIGTERM', end).on('disconnect', end);
  return {
    signal: controller.signal,
    release() {
      process.off('SIGINT', interrupt).off('SIGTERM', end).off('disconnect', end);
    },
  };
}
