const controls = 'button, a[href], input, select, textarea, summary, [role=button]';

/** The control that a person pressed last with a finger or a mouse; undefined once they use the keyboard. */
let pressed: HTMLElement | undefined;

/**
 * The control that a person is acting with: what opens now gives the focus back to it. Safari does not focus a button
 * that is pressed, so there the focus alone does not tell. Needs `watchOpeners`.
 */
export function opener(): HTMLElement | undefined {
  const focused = document.activeElement;
  return pressed ?? (focused instanceof HTMLElement && focused !== document.body ? focused : undefined);
}

/**
 * Remembers what is pressed, for `opener`, and gives the focus back to the button of a popover that closes with the
 * focus inside. Returns the way to stop.
 */
export function watchOpeners(): () => void {
  const stopping = new AbortController();
  const options = { capture: true, signal: stopping.signal };
  let hadFocus = false;

  const press = ({ target }: Event) => (pressed = controlAt(target));
  // A screen reader clicks without a pointer. The click of a shortcut comes from a script, and the focus tells.
  const click = (event: Event) => event.isTrusted && press(event);
  const beforetoggle = (event: ToggleEvent) => {
    hadFocus = event.newState === 'closed' && (event.target as Element).contains(document.activeElement);
  };
  const toggle = ({ newState, target }: ToggleEvent) => {
    if (!hadFocus || newState !== 'closed') return;
    const popover = target as Element;
    const focused = document.activeElement;
    // What is no longer shown loses the focus a moment later.
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

/** What is in a popover goes away with it: its button stays. */
function controlAt(target: EventTarget | null): HTMLElement | undefined {
  if (!(target instanceof Element)) return undefined;
  const popover = target.closest('[popover]');
  return (popover && buttonOf(popover)) ?? target.closest<HTMLElement>(controls) ?? undefined;
}

const buttonOf = (popover: Element) => document.querySelector<HTMLElement>(`[popovertarget="${popover.id}"]`);
