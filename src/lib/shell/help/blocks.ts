/** Words of the guide, as a page shows them. */
export type Span =
  | { type: 'text'; text: string }
  | { type: 'key'; text: string }
  | { type: 'strong'; spans: Span[] }
  | { type: 'link'; href: string; spans: Span[] };

/** A part of a page of the guide. */
export type Block =
  | { type: 'heading'; depth: number; text: string; id: string }
  | { type: 'paragraph'; spans: Span[] }
  | { type: 'list'; ordered: boolean; items: Span[][] }
  | { type: 'table'; head: Span[][]; rows: Span[][][] }
  /** Pixels. */
  | { type: 'image'; src: string; alt: string; width: number; height: number };

/** A page of the guide. The build makes one from each markdown file. */
export interface GuidePage {
  title: string;
  blocks: Block[];
}
