import { describeKills } from './kills';

// From the start until the server is closed. killed-late.test.ts has the rest and runs in parallel.
describeKills([
  ['begin git', { held: false, changed: false }],
  ['begin lock', { held: false, changed: false }],
  ['begin plan', { held: false, changed: false }],
  ['begin lint', { held: false, changed: false }],
  ['begin rehearse', { held: false, changed: false }],
  ['begin window', { held: false, changed: false }],
  ['end window', { held: true, changed: false }],
]);
