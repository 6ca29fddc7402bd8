import { fail } from '../terminal/explain.ts';

/** A failure that the person at the terminal can act on: shown without a stack. */
export class Refusal extends Error {
  override name = 'Refusal';
}

/**
 * Parses a web address that a person entered.
 *
 * @throws Refusal if it is not an http or https address
 */
export function webAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new Refusal(`"${text}" is not a web address. Include the scheme, as in https://crm.example.com`);
}

/** Runs a command's `main` with its arguments. An error ends the process with code 1 and its message. */
export function command(main: (args: string[]) => Promise<void>): void {
  main(process.argv.slice(2)).catch(fail);
}
