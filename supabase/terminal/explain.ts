import { dirname } from 'node:path';
import { inspect } from 'node:util';
import { CannotStart } from './cannot-start.ts';

/**
 * Errors whose message says everything. Compared by name, because Vite may load its configuration's modules a second
 * time.
 */
const SPEAK_FOR_THEMSELVES = ['Sentence', 'CannotStart', 'LockedError', 'SettingError', 'Refusal'];

/** An error as text for the person at the terminal, with its stack only if it is a defect. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (SPEAK_FOR_THEMSELVES.includes(error.name)) return error.message;
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (syscall === 'mkdtemp' && path)
    return new CannotStart(
      'This command',
      `no temporary folder can be made in ${dirname(path)} (${code})`,
      'set TMPDIR to a folder that you can write to',
    ).message;
  return inspect(error);
}

/** Prints why the command ends, and ends it with code 1. */
export function fail(error: unknown): never {
  console.error(explain(error));
  // Does not set `exitCode`: open handles must not keep a failed command running.
  process.exit(1);
}

/** For a command that is a script from top to bottom: an uncaught error ends it like {@link fail}. */
export function explainUncaught(): void {
  process.on('uncaughtException', fail);
}
