const fields =
  'input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable], [role=combobox]';

/** Whether letters typed into an element are text. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(fields) !== null;

/** Whether a dialog or menu with its own keys covers the page. */
export const isCovered = (): boolean => document.querySelector('dialog:modal, :popover-open') !== null;

const seen = (element: HTMLElement) => element.getClientRects().length > 0;

/**
 * The element that a page offers for a key: the first visible one that names it in `aria-keyshortcuts`, first in the
 * row with the focus, then in the rest of the page.
 */
export function offered(key: string): HTMLElement | undefined {
  const row = document.activeElement?.closest('li, tr, [role=row]');
  const named = `[aria-keyshortcuts="${key}"]:not(:disabled)`;
  return [row, document]
    .flatMap((root) => [...(root?.querySelectorAll<HTMLElement>(named) ?? [])])
    .find(seen);
}

/** Moves the focus to the next (1) or previous (-1) row of the page's list, or into the list from elsewhere. */
export function moveInList(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row]')].filter(seen);
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const open = rows.findIndex((row) => row.getAttribute('aria-current') === 'page');
  const to = at >= 0 ? at + step : open >= 0 ? open + step : 0;
  const row = rows[Math.max(0, Math.min(to, rows.length - 1))];
  // In a task's row, the checkbox gets the focus.
  (row?.querySelector('input') ?? row)?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: 'center' });
}
