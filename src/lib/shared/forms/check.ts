/** Messages by field. A form without messages can be saved. */
export type Problems = Partial<Record<string, string>>;

export const isEmailAddress = (text: string): boolean => /^[^\s@]+@(?:[^\s@.]+\.)+[^\s@.]+$/.test(text);

/** An email address without the additions of programs that copy it: invisible signs, `mailto:`, brackets, quotes. */
export const bareEmail = (text: string): string =>
  text
    .replace(/\p{Cf}/gu, '')
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/^[<‹«("'‘“•·*]+|[>›»)"'’”.,;:!?*-]+$/gu, '');

/**
 * Returns the web address that a person meant. It adds `https://` if they left it out.
 * @returns `undefined` if it is not an http(s) address
 */
export function webAddress(text: string): string | undefined {
  const typed = text.trim();
  const full = /^[a-z][a-z\d+.-]*:/i.test(typed) && !/^[\w.-]+:\d/.test(typed) ? typed : `https://${typed}`;
  try {
    const { protocol, hostname } = new URL(full);
    return /^https?:$/.test(protocol) && hostname.includes('.') ? full : undefined;
  } catch {
    return undefined;
  }
}
