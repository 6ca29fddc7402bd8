import type { EmailDriver } from '@supabase/lite';

/** Delivers email when no mail server is used: as a line at the terminal of the machine's owner. */
export interface Mail {
  log: (line: string) => void;
  /** The address of the app; links begin with it. */
  site: () => string;
}

/**
 * Prints recovery links at the terminal, so that its owner can pass them on. Drops the other emails of the sign-in
 * service: the app requests none of them, and anyone who can reach the service could flood the terminal.
 */
export const terminalMail = ({ log, site }: Mail): EmailDriver => ({
  send({ to, html = '' }) {
    const [path] = /\/login\/reset#token_hash=[0-9a-f]+/.exec(html) ?? [];
    if (path) log(`Password reset for ${to}, valid once, for one hour: ${site()}${path}`);
    return Promise.resolve();
  },
});
