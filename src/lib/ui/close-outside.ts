import type { Attachment } from 'svelte/attachments';

/**
 * Closes an open popover when a press begins and ends outside of it. Browsers do that themselves, except those of
 * iPadOS and iOS 17 to 18.2 (WebKit bug 267688). Its own button toggles it and does not count as outside.
 */
export const closeOutside: Attachment<HTMLElement> = (popover) => {
  const isOutside = ({ target }: Event) =>
    !(target instanceof Element) ||
    !(
      popover.contains(target) ||
      target.closest('[popovertarget]')?.matches(`[popovertarget="${popover.id}"]`)
    );
  let began = false;
  const down = (event: Event) => (began = isOutside(event));
  const up = (event: Event) => {
    if (began && isOutside(event)) popover.hidePopover();
    began = false;
  };
  const toggle = ({ newState }: ToggleEvent) => {
    const change = newState === 'open' ? document.addEventListener : document.removeEventListener;
    change.call(document, 'pointerdown', down, true);
    change.call(document, 'pointerup', up, true);
  };
  popover.addEventListener('toggle', toggle);
  return () => {
    popover.removeEventListener('toggle', toggle);
    document.removeEventListener('pointerdown', down, true);
    document.removeEventListener('pointerup', up, true);
  };
};
