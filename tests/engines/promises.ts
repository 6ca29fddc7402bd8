import { goingBack } from './back';
import { files } from './files';
import { oneServer } from './device';
import type { Engine } from './installed';
import { interrupted } from './interruptions';
import { leaving } from './leaving';
import { lostCode } from './lost-code';
import { mainJob } from './main-job';
import { tabs } from './tabs';

/** The tests that run in each engine. */
export function promises(engine: Engine): void {
  const crm = oneServer();
  leaving(engine, crm);
  goingBack(engine, crm);
  tabs(engine, crm);
  files(engine, crm);
  interrupted(engine, crm);
  lostCode(engine, crm);
  // Runs last: it stops the server, and starts it again only if all goes well.
  mainJob(engine, crm);
}
