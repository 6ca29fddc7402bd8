import CalendarDays from '~icons/lucide/calendar-days';
import ChefHat from '~icons/lucide/chef-hat';
import Mail from '~icons/lucide/mail';
import Package from '~icons/lucide/package';
import Phone from '~icons/lucide/phone';
import StickyNote from '~icons/lucide/sticky-note';
import type { NoteKind } from '$lib/entities/note';

/** How each kind of note is called and drawn. */
export const kindLooks: Record<NoteKind, { label: string; icon: typeof Phone }> = {
  note: { label: 'Note', icon: StickyNote },
  call: { label: 'Call', icon: Phone },
  email: { label: 'E-mail', icon: Mail },
  meeting: { label: 'Meeting', icon: CalendarDays },
  sample: { label: 'Sample', icon: Package },
  demo: { label: 'Demo', icon: ChefHat },
};

/** What a note says that was saved without a word; a plain note needs some. */
export const loggedAs: Partial<Record<NoteKind, string>> = {
  call: 'Called',
  email: 'Sent an e-mail',
  meeting: 'Met',
  sample: 'Left a sample',
  demo: 'Gave a demo',
};
