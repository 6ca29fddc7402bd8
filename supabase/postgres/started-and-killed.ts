import { startServer } from './server.ts';

// A process for the tests to kill: it starts a Postgres, prints where the files are, and waits.
const { directory } = await startServer();
console.log(directory);
setInterval(() => {}, 60_000);
