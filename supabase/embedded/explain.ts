import { LockedError } from './lock';

/** An error in words for the person at the terminal; with its stack only if it is a defect. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // By name: Vite's configuration may come with a second copy of the class.
  if (error.name === LockedError.name) return error.message;
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is in use. Stop what runs there, or set another port.`;
  return error.stack ?? error.message;
}
