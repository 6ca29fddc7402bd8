/** The steps of a deploy, in order. */
export type Step =
  'git' | 'lock' | 'plan' | 'lint' | 'rehearse' | 'window' | 'drain' | 'backup' | 'push' | 'verify' | 'close';

/** Receives the progress of a deploy. */
export interface Progress {
  begin(step: Step): void;
  note(line: string): void;
  end(step: Step, milliseconds: number): void;
}

/** Prints the progress to the terminal. */
export const terminal: Progress = {
  begin: (step) => console.log(`▸ ${step}`),
  note: (line) => console.log(`    ${line}`),
  end: (step, milliseconds) => console.log(`  ${step} done in ${inWords(milliseconds)}`),
};

/** A count with its noun: `1 migration`, `43 migrations`. */
export const counted = (n: number, thing: string) => `${n} ${thing}${n === 1 ? '' : 's'}`;

/** A readable duration: `2 min 5 s`, `3.2 s`, `40 ms`. */
export function inWords(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
