import { fold } from '$lib/text/fold';
import { identity } from '$lib/ui/identity';
import { withoutLegalForm } from '$lib/ui/legal-forms';

/** The form of an email address for comparison: no case, no spaces, no `+tag`. Empty if the text is not an address. */
export function normalEmail(address: string): string {
  const [name = '', host = ''] = address.trim().toLowerCase().split('@');
  return name && host ? `${name.replace(/\+.*$/, '')}@${host}` : '';
}

/** The form of a person's name for comparison: folded, without punctuation, its words in alphabetical order. */
export const normalName = (name: string): string => words(name).sort().join(' ');

/** Words that do not distinguish companies: articles, and legal forms in front of the name. */
const untelling = new Set(
  'the and co company inc corp ltd limited llc gmbh ag kg sa sas sarl srl spa bv nv ab as oy pt'.split(' '),
);

/** The form of a company's name for comparison: without its legal form, unless nothing else is left. */
export function normalCompany(name: string): string {
  const all = words(withoutLegalForm(identity(name)));
  const telling = all.filter((word) => !untelling.has(word));
  return (telling.length > 0 ? telling : all).join(' ');
}

/** The host of a web address without `www.`; empty if the text is not an address. */
export const normalHost = (address: string): string =>
  address
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/?#:].*$/, '');

const words = (text: string): string[] =>
  fold(text)
    .replace(/[.']/g, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean);
