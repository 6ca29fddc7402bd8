import type { MaintenanceWindow } from '$lib/entities/maintenance-window';

/** A window as its form holds it; times as `YYYY-MM-DDTHH:mm` of this device. */
export interface WindowDraft {
  starts: string;
  ends: string;
  message: string;
}

export type WindowProblems = Partial<Record<'starts' | 'ends', string>>;

/** What keeps a window from being announced. */
export function checkWindow({ starts, ends }: WindowDraft, now: Date): WindowProblems {
  const [from, to] = [Date.parse(starts), Date.parse(ends)];
  if (Number.isNaN(from)) return { starts: 'Choose when it begins.' };
  if (Number.isNaN(to)) return { ends: 'Choose when it ends.' };
  if (to <= from) return { ends: 'The end must be after the start.' };
  return to <= now.getTime() ? { ends: 'The end must lie ahead.' } : {};
}

/** The draft as it is stored: moments, not local times. */
export function windowValues({ starts, ends, message }: WindowDraft): Partial<MaintenanceWindow> {
  return {
    starts_at: new Date(starts).toISOString(),
    ends_at: new Date(ends).toISOString(),
    message: message.trim() || null,
  };
}
