import type { Attachment } from 'svelte/attachments';

const milliseconds = 450;

/** Calls `onpress` when a finger rests on the element; the tap that would follow is taken away. */
export function longPress(onpress: () => void): Attachment<HTMLElement> {
  return (element) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let pressed = false;
    const stop = () => clearTimeout(timer);
    const start = (event: PointerEvent) => {
      pressed = false;
      if (event.pointerType !== 'touch') return;
      timer = setTimeout(() => {
        pressed = true;
        onpress();
      }, milliseconds);
    };
    const swallow = (event: Event) => {
      if (!pressed) return;
      event.preventDefault();
      event.stopPropagation();
    };
    const listeners: [string, EventListener][] = [
      ['pointerdown', start as EventListener],
      ...['pointerup', 'pointermove', 'pointercancel'].map((name): [string, EventListener] => [name, stop]),
      ['click', swallow],
      ['contextmenu', swallow],
    ];
    for (const [name, listener] of listeners) element.addEventListener(name, listener, true);
    return () => {
      stop();
      for (const [name, listener] of listeners) element.removeEventListener(name, listener, true);
    };
  };
}
