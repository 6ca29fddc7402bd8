interface Placement {
  align?: 'start' | 'end';
  /** As wide as the anchor at least. */
  matchWidth?: boolean;
}

const gap = 4;
const margin = 8;

/**
 * Keeps a fixed element beside its anchor, below it or, where there is more room, above it.
 * Returns the way to stop.
 */
export function anchored(anchor: Element, floating: HTMLElement, placement: Placement = {}): () => void {
  const update = () => place(anchor, floating, placement);
  update();
  window.addEventListener('scroll', update, { capture: true, passive: true });
  window.addEventListener('resize', update);
  return () => {
    window.removeEventListener('scroll', update, { capture: true });
    window.removeEventListener('resize', update);
  };
}

function place(anchor: Element, floating: HTMLElement, { align = 'start', matchWidth = false }: Placement) {
  const box = anchor.getBoundingClientRect();
  const { style } = floating;
  Object.assign(style, { position: 'fixed', margin: '0', inset: 'auto', maxHeight: 'none' });
  if (matchWidth) style.minWidth = `${box.width}px`;
  const { offsetWidth: width, scrollHeight: height } = floating;
  const below = window.innerHeight - box.bottom - gap - margin;
  const above = box.top - gap - margin;
  const upward = height > below && above > below;
  style.maxHeight = `${Math.max(120, upward ? above : below)}px`;
  if (upward) style.bottom = `${window.innerHeight - box.top + gap}px`;
  else style.top = `${box.bottom + gap}px`;
  const left = align === 'end' ? box.right - width : box.left;
  style.left = `${Math.max(margin, Math.min(left, window.innerWidth - width - margin))}px`;
}
