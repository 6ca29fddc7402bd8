import CalendarDays from '~icons/lucide/calendar-days';
import ChefHat from '~icons/lucide/chef-hat';
import Mail from '~icons/lucide/mail';
import Package from '~icons/lucide/package';
import Phone from '~icons/lucide/phone';
import StickyNote from '~icons/lucide/sticky-note';
import type { NoteKind } from '$lib/entities/note';

/** The label and icon of each kind of note. */
export const kindLooks: Record<NoteKind, { label: string; icon: typeof Phone }> = {
  note: { label: 'Note', icon: StickyNote },
  call: { label: 'Call', icon: Phone },
  email: { label: 'Email', icon: Mail },
  meeting: { label: 'Meeting', icon: CalendarDays },
  sample: { label: 'Sample', icon: Package },
  demo: { label: 'Demo', icon: ChefHat },
};

/** The text of a note that was saved without any. A plain note needs its own text. */
export const loggedAs: Partial<Record<NoteKind, string>> = {
  call: 'Called',
  email: 'Sent an email',
  meeting: 'Met',
  sample: 'Left a sample',
  demo: 'Gave a demo',
};
