interface Placement {
  align?: 'start' | 'end';
  /** As wide as the anchor at least. */
  matchWidth?: boolean;
}

const gap = 4;
const margin = 8;

/**
 * Keeps a fixed element beside its anchor, below it or, where there is more room, above it; never behind a keyboard on
 * the screen. Returns the way to stop.
 */
export function anchored(anchor: Element, floating: HTMLElement, placement: Placement = {}): () => void {
  const update = () => place(anchor, floating, placement);
  update();
  const stopping = new AbortController();
  const { signal } = stopping;
  window.addEventListener('scroll', update, { capture: true, passive: true, signal });
  window.addEventListener('resize', update, { signal });
  // A keyboard that comes up over the page resizes only what is seen of it.
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
  // Always by `top`: what `bottom` counts from is not the same in every browser while a keyboard is there.
  style.top = `${upward ? box.top - gap : box.bottom + gap}px`;
  style.translate = upward ? '0 -100%' : 'none';
  const left = align === 'end' ? box.right - width : box.left;
  style.left = `${Math.max(view.left, Math.min(left, view.right - width))}px`;
}

/** The part of the window, in its own coordinates, that nothing of the device covers, less a margin. */
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
