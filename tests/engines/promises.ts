import { goingBack } from './back';
import { files } from './files';
import { oneServer } from './device';
import type { Engine } from './installed';
import { interrupted } from './interruptions';
import { leaving } from './leaving';
import { lostCode } from './lost-code';
import { mainJob } from './main-job';
import { tabs } from './tabs';

/** What the app promises in each engine. */
export function promises(engine: Engine): void {
  const crm = oneServer();
  leaving(engine, crm);
  goingBack(engine, crm);
  tabs(engine, crm);
  files(engine, crm);
  interrupted(engine, crm);
  lostCode(engine, crm);
  // The last one: it ends the server, and starts it again if all goes well.
  mainJob(engine, crm);
}
