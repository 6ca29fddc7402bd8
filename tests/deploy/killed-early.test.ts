import { describeKills } from './kills';

// Before the server is shut, and until it is; what comes after is in killed-late.test.ts, which runs beside this.
describeKills([
  ['begin git', { held: false, changed: false }],
  ['begin lock', { held: false, changed: false }],
  ['begin plan', { held: false, changed: false }],
  ['begin lint', { held: false, changed: false }],
  ['begin rehearse', { held: false, changed: false }],
  ['begin window', { held: false, changed: false }],
  ['end window', { held: true, changed: false }],
]);
