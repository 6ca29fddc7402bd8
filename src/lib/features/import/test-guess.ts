import { kindOf } from './guess-kind';
import { guessColumns } from './guess';

/** The target of each column of a contacts file, by its header, with the label of an address or a number. */
export const guess = (...headers: string[]) =>
  Object.fromEntries(
    guessColumns(headers).map(({ header, target, label }) => [
      header,
      (label && target === 'email') || (label && target === 'phone') ? [target, label] : target,
    ]),
  );

/** The targets of the columns in a file of the kind that they belong to. */
export const targets = (headers: string[]) =>
  guessColumns(headers, kindOf(headers)).map(({ target }) => target);
