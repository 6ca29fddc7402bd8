import { goingBack } from './back';
import { files } from './files';
import type { Engine } from './installed';
import { interrupted } from './interruptions';
import { leaving } from './leaving';
import { lostCode } from './lost-code';
import { mainJob } from './main-job';
import { Scene } from './scene';
import { tabs } from './tabs';

/** The tests that run in each engine. */
export function promises(engine: Engine): void {
  const scene = new Scene(engine);
  leaving(scene);
  goingBack(scene);
  tabs(scene);
  files(scene);
  interrupted(scene);
  lostCode(scene);
  // Runs last: it stops the server, and starts it again only if all goes well.
  mainJob(scene);
}
