import type { Attachment } from 'svelte/attachments';

const milliseconds = 450;
/** The number of pixels that a resting finger may move. Safari reports every tremble, and Chrome does not. */
const slop = 10;

/**
 * Calls `onpress` when a finger or a pencil rests on the element. It suppresses the tap that would follow, the
 * browser's menu and its dragging of links. The element needs the class `pressable`, which suppresses Safari's link
 * preview.
 */
export function longPress(onpress: () => void): Attachment<HTMLElement> {
  return (element) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let from: PointerEvent | undefined;
    let pressed = false;
    const stop = () => clearTimeout(timer);
    const start = (event: PointerEvent) => {
      stop();
      pressed = false;
      from = event.pointerType === 'mouse' ? undefined : event;
      if (!from) return;
      timer = setTimeout(() => {
        pressed = true;
        onpress();
      }, milliseconds);
    };
    const move = (event: PointerEvent) => {
      if (from && Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) > slop) stop();
    };
    const swallow = (event: Event) => {
      if (!pressed) return;
      event.preventDefault();
      event.stopPropagation();
    };
    // An iPad drags a link under a resting finger, which would end the press.
    const drag = (event: Event) => from && event.preventDefault();
    const listeners: [string, EventListener][] = [
      ['pointerdown', start as EventListener],
      ['pointermove', move as EventListener],
      ['pointerup', stop],
      ['pointercancel', stop],
      ['dragstart', drag],
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
