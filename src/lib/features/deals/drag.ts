import { cardsOf, gapAt, scrollNearEdges, type Gap } from './drop-place';

/** The place of a drop: the cards above and below the gap, among the drawn ones. */
export interface Drop {
  deal: string;
  stage: string;
  above: string | undefined;
  below: string | undefined;
}

const slop = 6;
/** Milliseconds for which a finger rests on a card before it lifts it. A finger that moves sooner scrolls the board. */
const longPress = 350;

/**
 * Lets people drag the cards of a board: `[data-deal]` elements in `[data-stage]` columns. A mouse lifts a card by
 * moving, a finger by resting on it; Escape puts it back. Cards stay where they are until `ondrop` has moved the
 * record. Returns a function that stops it.
 */
export function dragCards(board: HTMLElement, ondrop: (drop: Drop) => void): () => void {
  let stop: (() => void) | undefined;

  function down(event: PointerEvent) {
    const target = event.target as Element;
    const card = target.closest<HTMLElement>('[data-deal]');
    if (stop || !card || event.button !== 0 || target.closest('button, input, [popover]')) return;
    stop = pressed(board, card, event, ondrop, () => (stop = undefined));
  }
  const native = (event: Event) => event.preventDefault();
  // While a finger carries a card, it must not scroll the board. Safari decides when the finger comes down whether a
  // listener may keep it from scrolling, so this one is there before any touch. dnd-kit does the same.
  const hold = (event: TouchEvent) => {
    if (board.dataset.dragging !== undefined && event.cancelable) event.preventDefault();
  };

  board.addEventListener('pointerdown', down);
  board.addEventListener('dragstart', native);
  board.addEventListener('touchmove', hold, { passive: false });
  return () => {
    stop?.();
    board.removeEventListener('pointerdown', down);
    board.removeEventListener('dragstart', native);
    board.removeEventListener('touchmove', hold);
  };
}

/** Follows a card from the press to the release. It calls `done` once, however the drag ends. */
function pressed(
  board: HTMLElement,
  card: HTMLElement,
  start: PointerEvent,
  ondrop: (drop: Drop) => void,
  done: () => void,
): () => void {
  const touch = start.pointerType !== 'mouse';
  const listening = new AbortController();
  const { signal } = listening;
  let at = { x: start.clientX, y: start.clientY };
  let lifted: Lifted | undefined;
  const timer = touch ? setTimeout(lift, longPress) : undefined;

  function lift() {
    lifted = liftCard(board, card, at);
    board.setPointerCapture(start.pointerId);
    if (touch) navigator.vibrate?.(8);
  }
  function move(event: PointerEvent) {
    if (event.pointerId !== start.pointerId) return;
    at = { x: event.clientX, y: event.clientY };
    const moved = Math.hypot(at.x - start.clientX, at.y - start.clientY) > slop;
    if (!lifted && moved && touch) return end();
    if (!lifted && moved) lift();
    lifted?.moveTo(at);
  }
  function up(event: PointerEvent) {
    if (event.pointerId !== start.pointerId) return;
    const gap = lifted?.gap;
    const deal = card.dataset.deal;
    if (lifted) swallowClick();
    end();
    if (gap && deal) ondrop({ deal, stage: gap.stage, above: gap.above, below: gap.below });
  }
  function end() {
    clearTimeout(timer);
    listening.abort();
    lifted?.remove();
    done();
  }

  window.addEventListener('pointermove', move, { signal });
  window.addEventListener('pointerup', up, { signal });
  window.addEventListener('pointercancel', end, { signal });
  window.addEventListener('blur', end, { signal });
  window.addEventListener('keydown', (event) => lifted && event.key === 'Escape' && end(), { signal });
  // A finger that rests on a card must not open the browser's menu.
  if (touch) board.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
  return end;
}

/** The click that follows a drop would open the deal. */
function swallowClick() {
  const swallow = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener('click', swallow, { capture: true }), 50);
}

interface Lifted {
  readonly gap: Gap | undefined;
  moveTo(at: { x: number; y: number }): void;
  remove(): void;
}

function liftCard(board: HTMLElement, card: HTMLElement, from: { x: number; y: number }): Lifted {
  const box = card.getBoundingClientRect();
  const ghost = card.cloneNode(true) as HTMLElement;
  ghost.removeAttribute('data-deal');
  ghost.setAttribute('aria-hidden', 'true');
  ghost.inert = true;
  ghost.style.cssText += `;position:fixed;z-index:60;pointer-events:none;opacity:0.94;margin:0;left:${box.left}px;top:${box.top}px;width:${box.width}px;box-shadow:var(--shadow-float);background:var(--color-raised)`;
  const line = document.createElement('div');
  line.style.cssText =
    'position:fixed;z-index:61;height:3px;border-radius:2px;pointer-events:none;background:var(--color-accent)';
  document.body.append(line, ghost);
  card.dataset.lifted = '';
  board.dataset.dragging = '';

  let at = from;
  let gap: Gap | undefined;
  let frame = requestAnimationFrame(draw);
  function draw() {
    scrollNearEdges(board, at);
    ghost.style.transform = `translate(${at.x - from.x}px, ${at.y - from.y}px)`;
    gap = gapAt(board, at, (column) => cardsOf(column).filter((other) => other !== card));
    line.hidden = !gap;
    if (gap)
      Object.assign(line.style, { left: `${gap.x}px`, top: `${gap.y - 1.5}px`, width: `${gap.width}px` });
    frame = requestAnimationFrame(draw);
  }
  return {
    get gap() {
      return gap;
    },
    moveTo: (next) => (at = next),
    remove() {
      cancelAnimationFrame(frame);
      ghost.remove();
      line.remove();
      delete card.dataset.lifted;
      delete board.dataset.dragging;
    },
  };
}
