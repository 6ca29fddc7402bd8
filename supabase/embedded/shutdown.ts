/** Ctrl-C reaches the process twice if its parent passes it on as well. */
const ECHO_MS = 300;
const PARENT_CHECK_MS = 500;

/**
 * Ends the process on Ctrl-C or SIGTERM: calls `stop`, then exits with code 0, or 1 if stopping fails. A second signal
 * ends it at once.
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
  if (['start', 'backend'].includes(process.env.npm_lifecycle_event ?? '')) whenOrphaned(onSignal);
}

/** npm passes a SIGTERM on to the shell between it and this process, and that shell dies silently. */
function whenOrphaned(act: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, PARENT_CHECK_MS);
  timer.unref();
}
