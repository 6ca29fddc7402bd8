import { plainSigns } from '$lib/text/plain-signs';
import { bareEmail, isEmailAddress } from '$lib/shared/forms/check';

/** The email addresses of a cell, and its other words. */
interface EmailCell {
  /** Each address with its label in the cell, like "work". */
  addresses: { value: string; label: string | undefined }[];
  /** Other words beside the addresses, like a name before `<…>`. */
  words: string;
}

const label = /^(work|home|private|office|other)$/i;
const between = /:::|\\[nr]|&(?:lt|gt|quot|#39);|[\s,;|<>‹›«»()[\]{}〈〉《》【】、。·"]+|\/(?=\s|\S+@)/u;

/**
 * Reads a cell with any number of addresses, however they are separated: `a@x.com; b@x.com`, `a@x.com / b@x.com`, `Ann
 * Lee <ann@x.com>`, `mailto:a@x.com`, `Work: a@x.com`. Other text beside them does not lose an address.
 */
export function emailsIn(text: string): EmailCell {
  const visible = plainSigns(text.replace(/\p{Cf}/gu, ''))
    .normalize('NFKC')
    .replace(/(?<=\S)。(?=\S)/gu, '.');
  const found = addressesIn(visible);
  if (found.addresses.length > 0) return found;
  // "ann @ example.com", "ann (at) example.com"
  const joined = addressesIn(visible.replace(/\s*(?:@|[([]at[)\]])\s*/gi, '@'));
  return joined.addresses.length > 0 ? joined : found;
}

function addressesIn(text: string): EmailCell {
  const addresses: EmailCell['addresses'] = [];
  const words: string[] = [];
  let ahead: string | undefined;
  for (const part of text.split(between).filter(Boolean)) {
    const [, before = '', rest = part] = /^(.*:)([^:@]+@.*)$/.exec(part) ?? [];
    const value = bareEmail(rest.replace(/\?(?:subject|cc|body)=.*$/i, ''));
    const word = (isEmailAddress(value) ? before : part).replace(/:$/, '');
    const last = addresses.at(-1);
    if (label.test(word) && part.endsWith(':')) ahead = word.toLowerCase();
    else if (isEmailAddress(value)) {
      addresses.push({ value, label: label.test(word) ? word.toLowerCase() : ahead });
      ahead = undefined;
    } else if (label.test(word) && last && !last.label) last.label = word.toLowerCase();
    if (!label.test(word) && /[\p{L}\p{N}]/u.test(word) && !/^(mailto|smtp|e-?mail)$/i.test(word))
      words.push(word);
  }
  return { addresses, words: words.join(' ') };
}
