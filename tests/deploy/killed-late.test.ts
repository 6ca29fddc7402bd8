import { describeKills } from './kills';

// From when the server is closed until it is open again. killed-early.test.ts has the rest and runs in parallel.
describeKills([
  ['begin backup', { held: true, changed: false }],
  ['written to', { held: true, changed: false }],
  ['begin push', { held: true, changed: false }],
  ['applied 29990101000000', { held: true, changed: true }],
  ['begin verify', { held: true, changed: true }],
  ['begin close', { held: true, changed: true }],
  ['end close', { held: false, changed: true }],
]);
