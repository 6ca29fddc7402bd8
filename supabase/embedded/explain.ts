import { LockedError } from './lock';

/** An error in words for the person at the terminal; with its stack only if it is a defect. */
export function explain(error: unknown): string {
  if (error instanceof LockedError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is in use. Stop what runs there, or set another port.`;
  return error.stack ?? error.message;
}
