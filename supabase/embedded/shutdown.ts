/** A terminal's Ctrl-C reaches the process twice when its parent passes it on as well. */
const ECHO_MS = 300;

/**
 * Ends the process on Ctrl-C or SIGTERM: `stop`, then exit code 0, or 1 if stopping fails. A second signal ends
 * it at once.
 */
export function stopOnSignals(stop: () => Promise<void>): void {
  let first = 0;
  const onSignal = () => {
    if (first) {
      if (Date.now() - first > ECHO_MS) process.exit(1);
      return;
    }
    first = Date.now();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}
