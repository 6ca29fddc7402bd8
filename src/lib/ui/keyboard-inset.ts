/** The parts of a window that show how much of it an on-screen keyboard covers. */
interface Viewed {
  innerHeight: number;
  visualViewport: Pick<
    VisualViewport,
    'height' | 'offsetTop' | 'scale' | 'addEventListener' | 'removeEventListener'
  > | null;
}

/**
 * Reports how many pixels at the bottom of the window an on-screen keyboard covers, now and whenever it changes. iOS
 * puts the keyboard over the page. Elsewhere the page itself becomes smaller (`interactive-widget` in app.html), and it
 * is 0. It is also 0 if a person has zoomed the page.
 * @returns a function that stops it
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
