interface Placement {
  align?: 'start' | 'end';
  /** At least as wide as the anchor. */
  matchWidth?: boolean;
}

const gap = 4;
const margin = 8;

/**
 * Keeps a fixed element beside its anchor: below it, or above it if there is more room. It is never behind an on-screen
 * keyboard. Returns a function that stops it.
 */
export function anchored(anchor: Element, floating: HTMLElement, placement: Placement = {}): () => void {
  const update = () => place(anchor, floating, placement);
  update();
  const stopping = new AbortController();
  const { signal } = stopping;
  window.addEventListener('scroll', update, { capture: true, passive: true, signal });
  window.addEventListener('resize', update, { signal });
  // A keyboard that covers the page resizes only the visual viewport.
  window.visualViewport?.addEventListener('resize', update, { signal });
  window.visualViewport?.addEventListener('scroll', update, { signal });
  return () => stopping.abort();
}

function place(anchor: Element, floating: HTMLElement, { align = 'start', matchWidth = false }: Placement) {
  const box = anchor.getBoundingClientRect();
  const view = visiblePart();
  const { style } = floating;
  Object.assign(style, { position: 'fixed', margin: '0', inset: 'auto', maxHeight: 'none' });
  if (matchWidth) style.minWidth = `${box.width}px`;
  const { offsetWidth: width, scrollHeight: height } = floating;
  const below = view.bottom - box.bottom - gap;
  const above = box.top - gap - view.top;
  const upward = height > below && above > below;
  style.maxHeight = `${Math.max(120, upward ? above : below)}px`;
  // It always uses `top`: with a keyboard, browsers measure `bottom` from different places.
  style.top = `${upward ? box.top - gap : box.bottom + gap}px`;
  style.translate = upward ? '0 -100%' : 'none';
  const left = align === 'end' ? box.right - width : box.left;
  style.left = `${Math.max(view.left, Math.min(left, view.right - width))}px`;
}

/** The part of the window that the device does not cover, less a margin, in the window's coordinates. */
function visiblePart() {
  const seen = window.visualViewport;
  const [top, left] = [seen?.offsetTop ?? 0, seen?.offsetLeft ?? 0];
  const device = getComputedStyle(document.documentElement);
  const kept = (side: string) => parseFloat(device.getPropertyValue(`--safe-${side}`)) || 0;
  const bottom = seen ? top + seen.height : window.innerHeight;
  const right = seen ? left + seen.width : window.innerWidth;
  return {
    top: Math.max(top, kept('top')) + margin,
    left: Math.max(left, kept('left')) + margin,
    bottom: Math.min(bottom, window.innerHeight - kept('bottom')) - margin,
    right: Math.min(right, window.innerWidth - kept('right')) - margin,
  };
}
