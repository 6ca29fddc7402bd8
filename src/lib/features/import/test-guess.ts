import { kindOf } from './guess-kind';
import { guessColumns } from './guess';

/** What each column of contacts becomes, by its header; with the label if it is an address or a number. */
export const guess = (...headers: string[]) =>
  Object.fromEntries(
    guessColumns(headers).map(({ header, target, label }) => [
      header,
      (label && target === 'email') || (label && target === 'phone') ? [target, label] : target,
    ]),
  );

/** What the columns become in a file of the kind that they belong to. */
export const targets = (headers: string[]) =>
  guessColumns(headers, kindOf(headers)).map(({ target }) => target);
