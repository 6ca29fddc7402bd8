import { fail } from '../terminal/explain.ts';

/** An end that a person at the terminal can act on: shown without a stack. */
export class Refusal extends Error {
  override name = 'Refusal';
}

/**
 * The address that a person gave.
 *
 * @throws Refusal where it is none of the web
 */
export function webAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new Refusal(`"${text}" is no address. Write it with its beginning, such as https://crm.example.com`);
}

/** Runs a command's `main` with its arguments; an error ends the process with code 1 and its words. */
export function command(main: (args: string[]) => Promise<void>): void {
  main(process.argv.slice(2)).catch(fail);
}
