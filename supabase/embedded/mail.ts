import type { EmailDriver } from '@supabase/lite';

/** How a mail reaches somebody where none is sent: as a line at the terminal of the machine's owner. */
export interface Mail {
  log: (line: string) => void;
  /** The address of the app; links begin with it. */
  site: () => string;
}

/**
 * Shows recovery links at the terminal, for its owner to hand on. The other mails of the sign-in service are dropped:
 * the app asks for none of them, and whoever can reach it could fill the terminal.
 */
export const terminalMail = ({ log, site }: Mail): EmailDriver => ({
  send({ to, html = '' }) {
    const [path] = /\/login\/reset#token_hash=[0-9a-f]+/.exec(html) ?? [];
    if (path) log(`Password reset for ${to}, good once and for one hour: ${site()}${path}`);
    return Promise.resolve();
  },
});
