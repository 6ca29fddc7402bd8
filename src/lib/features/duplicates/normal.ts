import { fold } from '$lib/ui/fold';

/** An e-mail address as it is compared: no case, no spaces, no `+tag`. Empty for what is none. */
export function normalEmail(address: string): string {
  const [name = '', host = ''] = address.trim().toLowerCase().split('@');
  return name && host ? `${name.replace(/\+.*$/, '')}@${host}` : '';
}

/** A phone number as it is compared: its last nine digits, so that +41 44 and 044 are one. Empty below seven. */
export function normalPhone(phone: string): string {
  const digits = phone.replace(/(x|ext).*$/i, '').replace(/\D/g, '');
  return digits.length < 7 ? '' : digits.slice(-9);
}

/** A person's name as it is compared: folded, without punctuation, its words in alphabetical order. */
export const normalName = (name: string): string => words(name).sort().join(' ');

const legalForms = new Set(
  'the and co company inc incorporated corp corporation ltd limited llc llp plc gmbh ag kg ohg ug sa sas sarl srl spa bv nv ab as oy kk pty'.split(
    ' ',
  ),
);

/** A company's name as it is compared: without its legal form, unless nothing else is left. */
export function normalCompany(name: string): string {
  const all = words(name);
  const telling = all.filter((word) => !legalForms.has(word));
  return (telling.length > 0 ? telling : all).join(' ');
}

/** The host of a web address without `www.`; empty for what is none. */
export const normalHost = (address: string): string =>
  address
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/?#:].*$/, '');

const words = (text: string): string[] =>
  fold(text)
    .replace(/[.'’]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
