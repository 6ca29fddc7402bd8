import { deploy } from '../../supabase/deploy/deploy';
import type { Progress } from '../../supabase/deploy/progress';

// A deploy that dies abruptly at a given point: "begin push", "end backup", or the beginning of a line it prints.
const [url = '', migrations = '', backups = '', point = ''] = process.argv.slice(2);
const dieAt = (here: string) => {
  if (here.startsWith(point)) process.kill(process.pid, 'SIGKILL');
};
const progress: Progress = {
  begin: (step) => dieAt(`begin ${step}`),
  note: (line) => dieAt(line),
  end: (step) => dieAt(`end ${step}`),
};
await deploy({ url, migrations, backups, progress, openNow: true, anyHour: true, allowDirty: true });
