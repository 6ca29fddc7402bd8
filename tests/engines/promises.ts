import type { Engine } from './installed';
import { leaving } from './leaving';
import { lostCode } from './lost-code';
import { mainJob } from './main-job';

/** What the app promises in each engine. */
export function promises(engine: Engine): void {
  mainJob(engine);
  leaving(engine);
  lostCode(engine);
}
