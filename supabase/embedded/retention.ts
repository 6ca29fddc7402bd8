import { Cron } from 'croner';

/** Calls `job` again and again until the result is called. */
export type Schedule = (job: () => Promise<void>) => () => void;

/** Every night at 03:17 UTC; a run that is still going is not started again. */
export const nightly: Schedule = (job) => {
  const cron = new Cron('17 3 * * *', { timezone: 'UTC', protect: true, unref: true }, job);
  return () => cron.stop();
};
