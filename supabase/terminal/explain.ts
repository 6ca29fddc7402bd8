import { dirname } from 'node:path';
import { inspect } from 'node:util';
import { CannotStart } from './cannot-start.ts';

/** Errors whose message says it all; by name, since Vite may load the modules of its configuration a second time. */
const SPEAK_FOR_THEMSELVES = ['Sentence', 'CannotStart', 'LockedError', 'SettingError', 'Refusal'];

/** An error in words for the person at the terminal; with its stack only if it is a defect. */
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

/** Says why the command ends, and ends it with code 1. */
export function fail(error: unknown): never {
  console.error(explain(error));
  // Not `exitCode`: what is still open must not keep a command that has failed.
  process.exit(1);
}

/** For a command that is a script from top to bottom: whatever nobody catches ends it as {@link fail} does. */
export function explainWhatNobodyCatches(): void {
  process.on('uncaughtException', fail);
}
