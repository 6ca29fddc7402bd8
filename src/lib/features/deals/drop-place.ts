interface Point {
  x: number;
  y: number;
}

/** A gap between two cards of a column, and the place of its line on the screen. */
export interface Gap {
  stage: string;
  above: string | undefined;
  below: string | undefined;
  x: number;
  y: number;
  width: number;
}

const halfGap = 4;
const edge = 56;
const fastest = 18;

export const cardsOf = (column: Element): HTMLElement[] => [
  ...column.querySelectorAll<HTMLElement>('[data-deal]'),
];

/** The gap under a point: before the first card whose middle is below the point. Outside all columns there is none. */
export function gapAt(
  board: Element,
  { x, y }: Point,
  cards: (column: Element) => HTMLElement[],
): Gap | undefined {
  const frame = board.getBoundingClientRect();
  if (x < frame.left || x > frame.right || y < frame.top - edge) return undefined;
  const column = [...board.querySelectorAll<HTMLElement>('[data-stage]')].find((candidate) => {
    const box = candidate.getBoundingClientRect();
    return x >= box.left - halfGap && x <= box.right + halfGap;
  });
  const list = column?.querySelector('[data-cards]');
  if (!column?.dataset.stage || !list) return undefined;
  const drawn = cards(column).map((card) => ({ id: card.dataset.deal, box: card.getBoundingClientRect() }));
  const found = drawn.findIndex(({ box }) => y < box.top + box.height / 2);
  const index = found < 0 ? drawn.length : found;
  const above = drawn[index - 1];
  const below = drawn[index];
  const area = list.getBoundingClientRect();
  const lineY = below ? below.box.top - halfGap : above ? above.box.bottom + halfGap : area.top + halfGap;
  return {
    stage: column.dataset.stage,
    above: above?.id,
    below: below?.id,
    x: area.left + 2 * halfGap,
    y: Math.min(Math.max(lineY, area.top + 2), area.bottom - 2),
    width: area.width - 4 * halfGap,
  };
}

/** Scrolls the board sideways and the column under the point up and down while the point is near an edge. */
export function scrollNearEdges(board: Element, { x, y }: Point): void {
  const box = board.getBoundingClientRect();
  board.scrollLeft += speed(x, box.left, box.right);
  const list = document.elementFromPoint(x, y)?.closest('[data-stage]')?.querySelector('[data-cards]');
  if (!list) return;
  const area = list.getBoundingClientRect();
  list.scrollTop += speed(y, area.top, area.bottom);
}

function speed(at: number, from: number, to: number): number {
  const near = (distance: number) => Math.min(1, Math.max(0, (edge - distance) / edge)) * fastest;
  return near(to - at) - near(at - from);
}
