import { parseArgs } from 'node:util';
import { command, Refusal } from './command';
import { databaseUrl } from './settings';
import { takeLock } from './steps/lock';
import { announceWindow } from './steps/window';

const MESSAGE = 'The server is being updated. You can go on working; your changes are kept on this device.';

/** `npm run db:announce -- --at 2026-12-05T21:00 --minutes 10 [--message …]`: warns every device. */
command(async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      at: { type: 'string' },
      minutes: { type: 'string', default: '10' },
      message: { type: 'string', default: MESSAGE },
    },
  });
  const startsAt = new Date(values.at ?? '');
  const minutes = Number(values.minutes);
  if (Number.isNaN(startsAt.getTime()) || !(minutes > 0)) {
    throw new Refusal(
      'Say when, in this machine’s time, and how long: npm run db:announce -- --at 2026-12-05T21:00 --minutes 10',
    );
  }
  if (startsAt.getTime() < Date.now()) throw new Refusal('That time has passed.');
  const lock = await takeLock(databaseUrl(process.env));
  try {
    const { endsAt } = await announceWindow(lock.sql, startsAt, minutes, values.message);
    console.log(
      `Announced: ${startsAt.toISOString()} to ${endsAt.toISOString()}. Devices show it from their next sync on.`,
    );
    console.log('Tell the uptime monitor too: npm run monitors -- --window');
  } finally {
    await lock.release();
  }
});
