const controls = 'button, a[href], input, select, textarea, summary, [role=button]';

/** The control that a person pressed last with a finger or a mouse; undefined once they use the keyboard. */
let pressed: HTMLElement | undefined;

/**
 * The control that a person is using. A dialog that opens now returns the focus to it. Safari does not focus a pressed
 * button, so the focus alone is not enough there. It needs `watchOpeners`.
 */
export function opener(): HTMLElement | undefined {
  const focused = document.activeElement;
  return pressed ?? (focused instanceof HTMLElement && focused !== document.body ? focused : undefined);
}

/**
 * Remembers pressed controls for `opener`, and returns the focus to the button of a popover that closes with the focus
 * inside. Returns a function that stops it.
 */
export function watchOpeners(): () => void {
  const stopping = new AbortController();
  const options = { capture: true, signal: stopping.signal };
  let hadFocus = false;

  const press = ({ target }: Event) => (pressed = controlAt(target));
  // A screen reader clicks without a pointer. A shortcut clicks from a script, and then the focus is right.
  const click = (event: Event) => event.isTrusted && press(event);
  const beforetoggle = (event: ToggleEvent) => {
    hadFocus = event.newState === 'closed' && (event.target as Element).contains(document.activeElement);
  };
  const toggle = ({ newState, target }: ToggleEvent) => {
    if (!hadFocus || newState !== 'closed') return;
    const popover = target as Element;
    const focused = document.activeElement;
    // An element that is no longer shown loses the focus a moment later.
    const lost = !focused?.matches(controls) || popover.contains(focused);
    if (lost) buttonOf(popover)?.focus({ preventScroll: true });
  };
  document.addEventListener('pointerdown', press, options);
  document.addEventListener('click', click, options);
  document.addEventListener('keydown', () => (pressed = undefined), options);
  document.addEventListener('beforetoggle', beforetoggle as EventListener, options);
  document.addEventListener('toggle', toggle as EventListener, options);
  return () => stopping.abort();
}

/** The content of a popover disappears with it, but its button stays. */
function controlAt(target: EventTarget | null): HTMLElement | undefined {
  if (!(target instanceof Element)) return undefined;
  const popover = target.closest('[popover]');
  return (popover && buttonOf(popover)) ?? target.closest<HTMLElement>(controls) ?? undefined;
}

const buttonOf = (popover: Element) => document.querySelector<HTMLElement>(`[popovertarget="${popover.id}"]`);
