import { counted, inWords } from './progress.ts';
import type { Changed } from './steps/change.ts';

export interface Report extends Changed {
  commit: string;
  /** The applied files. */
  applied: string[];
  /** Milliseconds for which the server refused work: from the start of the window to its end. Null without a window. */
  downtime: number | null;
  invitation: { email: string; code: string; expiresAt: string } | null;
}

/** Adds the measured downtime to a report. */
export function readReport(facts: Omit<Report, 'downtime'>): Report {
  const { window, closedAt } = facts;
  return { ...facts, downtime: window && closedAt ? closedAt.getTime() - window.startsAt.getTime() : null };
}

/** The report as lines of text. */
export function reportLines(report: Report): string[] {
  const { applied, backup, commit, downtime, heldAt, closedAt, invitation } = report;
  const work =
    heldAt && closedAt ? `, of which the deploy ${inWords(closedAt.getTime() - heldAt.getTime())}` : '';
  return [
    `Deployed ${commit}: ${applied.length === 0 ? 'nothing was pending' : counted(applied.length, 'migration')}.`,
    downtime === null ? 'Downtime: none.' : `Downtime: ${inWords(downtime)}${work}.`,
    ...(backup ? [`Backup: ${backup}`] : []),
    ...(invitation
      ? [
          '',
          `The first admin signs up at /login/invitation as ${invitation.email} with this single-use code, valid until ${invitation.expiresAt}:`,
          `  ${invitation.code}`,
        ]
      : []),
  ];
}
