/** What of a window tells how much of it a keyboard on the screen covers. */
interface Viewed {
  innerHeight: number;
  visualViewport: Pick<
    VisualViewport,
    'height' | 'offsetTop' | 'scale' | 'addEventListener' | 'removeEventListener'
  > | null;
}

/**
 * Tells how many pixels at the bottom of the window a keyboard on the screen covers, now and whenever it changes. iOS
 * lays the keyboard over the page; elsewhere the page itself grows smaller (`interactive-widget` in app.html), and
 * it is 0. A page that is zoomed by hand is no smaller: it is 0 there too.
 * @returns stops it
 */
export function watchKeyboard(tell: (covered: number) => void, view: Viewed = window): () => void {
  const visible = view.visualViewport;
  if (!visible) return () => undefined;
  const measure = () => {
    const covered = view.innerHeight - visible.offsetTop - visible.height;
    tell(visible.scale === 1 ? Math.max(0, Math.round(covered)) : 0);
  };
  measure();
  visible.addEventListener('resize', measure);
  visible.addEventListener('scroll', measure);
  return () => {
    visible.removeEventListener('resize', measure);
    visible.removeEventListener('scroll', measure);
  };
}
