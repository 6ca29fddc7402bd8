/** An end that a person at the terminal can act on: shown without a stack. */
export class Refusal extends Error {
  override name = 'Refusal';
}

/** Runs a command's `main` with its arguments; an error ends the process with code 1 and its words. */
export function command(main: (args: string[]) => Promise<void>): void {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Refusal ? error.message : error);
    process.exitCode = 1;
  });
}
