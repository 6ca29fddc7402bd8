import { counted, inWords } from './progress.ts';
import type { Changed } from './steps/change.ts';

export interface Report extends Changed {
  commit: string;
  /** The files that were applied. */
  applied: string[];
  /** Milliseconds in which the server took no work: from the window's start to its end. Null without a window. */
  downtime: number | null;
  invitation: { email: string; code: string; expiresAt: string } | null;
}

/** Completes a report with the measured downtime. */
export function readReport(facts: Omit<Report, 'downtime'>): Report {
  const { window, closedAt } = facts;
  return { ...facts, downtime: window && closedAt ? closedAt.getTime() - window.startsAt.getTime() : null };
}

/** The report in words, line by line. */
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
          `The first admin signs up at /login/invitation as ${invitation.email} with this code, once, until ${invitation.expiresAt}:`,
          `  ${invitation.code}`,
        ]
      : []),
  ];
}
