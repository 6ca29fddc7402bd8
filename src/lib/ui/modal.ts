import type { Attachment } from 'svelte/attachments';
import { watchKeyboard } from './keyboard-inset';
import { opener } from './opener';

const fields = 'input:not([type=hidden]):not(:disabled), select:not(:disabled), textarea:not(:disabled)';

/**
 * Shows a `<dialog>` as modal while it is in the document, and returns the focus to the element that opened it.
 * `--keyboard` has the height that an on-screen keyboard covers. Every way to close it (Esc, the back gesture, a click
 * beside it) only asks: `onask` decides.
 */
export function modal(onask: () => void, { focusField = false } = {}): Attachment<HTMLDialogElement> {
  return (dialog) => {
    const before = opener();
    const cancel = (event: Event) => {
      if (event.target !== dialog) return;
      event.preventDefault();
      onask();
    };
    const keydown = (event: KeyboardEvent) => {
      // An open menu or list inside handles the first Escape.
      if (event.key !== 'Escape' || event.defaultPrevented || dialog.querySelector(':popover-open')) return;
      event.preventDefault();
      onask();
    };
    const beside = (event: MouseEvent) => {
      if (event.target === dialog) onask();
    };
    dialog.addEventListener('cancel', cancel);
    dialog.addEventListener('keydown', keydown);
    dialog.addEventListener('mousedown', beside);
    const release = watchKeyboard((covered) => dialog.style.setProperty('--keyboard', `${covered}px`));
    dialog.showModal();
    if (focusField && !dialog.querySelector('[autofocus]'))
      dialog.querySelector<HTMLElement>(fields)?.focus();
    return () => {
      release();
      dialog.removeEventListener('cancel', cancel);
      dialog.removeEventListener('keydown', keydown);
      dialog.removeEventListener('mousedown', beside);
      dialog.close();
      if (before?.isConnected) before.focus();
    };
  };
}
