import { goingBack } from './back';
import { files } from './files';
import type { Engine } from './installed';
import { interrupted } from './interruptions';
import { leaving } from './leaving';
import { mainJob } from './main-job';
import { tabs } from './tabs';

/** What the app promises in each engine. */
export function promises(engine: Engine): void {
  mainJob(engine);
  leaving(engine);
  goingBack(engine);
  tabs(engine);
  files(engine);
  interrupted(engine);
}
