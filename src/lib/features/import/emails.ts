import { bareEmail, isEmailAddress } from '../forms/check';

/** The email addresses of a cell, and what it says beside them. */
interface EmailCell {
  addresses: string[];
  /** Words beside the addresses, like a name before `<…>`. */
  words: string;
}

/**
 * Reads a cell with any number of addresses, however they are separated: `a@x.com; b@x.com`, `a@x.com / b@x.com`,
 * `Ann Lee <ann@x.com>`, `mailto:a@x.com`. What is no address beside them costs none of them.
 */
export function emailsIn(text: string): EmailCell {
  const visible = text.replace(/\p{Cf}/gu, '').replace(/\s/gu, ' ');
  const parts = visible.split(/:::|[\s,;|<>‹›«»()[\]]+|\/(?=\s|\S+@)/u).filter(Boolean);
  const addresses: string[] = [];
  const words: string[] = [];
  for (const part of parts) {
    const address = bareEmail(part.replace(/^mailto:([^?]*).*$/i, '$1'));
    if (isEmailAddress(address)) addresses.push(address);
    else if (/[\p{L}\p{N}]/u.test(part)) words.push(part);
  }
  return { addresses, words: words.join(' ') };
}
