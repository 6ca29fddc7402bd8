import { describeKills } from './kills';

// While the server is shut, and until it is open; what comes before is in killed-early.test.ts, which runs beside this.
describeKills([
  ['begin backup', { held: true, changed: false }],
  ['written to', { held: true, changed: false }],
  ['begin push', { held: true, changed: false }],
  ['applied 29990101000000', { held: true, changed: true }],
  ['begin verify', { held: true, changed: true }],
  ['begin close', { held: true, changed: true }],
  ['end close', { held: false, changed: true }],
]);
