/** Errors whose message says it all; by name, since Vite may load the modules of its configuration a second time. */
const SPEAK_FOR_THEMSELVES = ['LockedError', 'SettingError'];

/** An error in words for the person at the terminal; with its stack only if it is a defect. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (SPEAK_FOR_THEMSELVES.includes(error.name)) return error.message;
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is in use. Stop what runs there, or set another port.`;
  if (code === 'ECONNREFUSED') return 'No Postgres answers at DATABASE_URL.';
  return error.stack ?? error.message;
}
