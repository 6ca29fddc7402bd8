import { Cron } from 'croner';

/** A schedule that calls `job` repeatedly until its result is called. */
export type Schedule = (job: () => Promise<void>) => () => void;

/** Runs every night at 03:17 UTC, but not while the previous run is still going. */
export const nightly: Schedule = (job) => {
  const cron = new Cron('17 3 * * *', { timezone: 'UTC', protect: true, unref: true }, job);
  return () => cron.stop();
};
