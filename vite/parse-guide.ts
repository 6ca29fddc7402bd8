import { marked, type Token, type Tokens } from 'marked';
import type { Block, GuidePage, Span } from '../src/lib/shell/help/blocks.ts';

/** The size of a picture in pixels. */
type SizeOf = (file: string) => { width: number; height: number };

/**
 * Turns a page of the guide into blocks when the app is built. Pictures keep the path that they have in the file.
 * @throws if the markdown has something that the app cannot show
 */
export function parseGuide(markdown: string, sizeOf: SizeOf): GuidePage {
  const [first, ...tokens] = marked.lexer(markdown).filter(({ type }) => type !== 'space');
  if (first?.type !== 'heading') throw new Error('A page of the guide begins with its title.');
  return { title: (first as Tokens.Heading).text, blocks: tokens.map((token) => block(token, sizeOf)) };
}

function block(token: Token, sizeOf: SizeOf): Block {
  switch (token.type) {
    case 'heading': {
      const { depth, text } = token as Tokens.Heading;
      return { type: 'heading', depth, text, id: text.toLowerCase().replace(/[^a-z0-9]+/g, '-') };
    }
    case 'paragraph': {
      const { tokens } = token as Tokens.Paragraph;
      const [only] = tokens;
      if (tokens.length === 1 && only?.type === 'image') {
        const { href, text } = only as Tokens.Image;
        return { type: 'image', src: href, alt: text, ...sizeOf(href) };
      }
      return { type: 'paragraph', spans: spans(tokens) };
    }
    case 'list': {
      const { ordered, items } = token as Tokens.List;
      return { type: 'list', ordered, items: items.map(({ tokens }) => spans(tokens)) };
    }
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      const cells = (row: Tokens.TableCell[]) => row.map(({ tokens }) => spans(tokens));
      return { type: 'table', head: cells(header), rows: rows.map(cells) };
    }
    default:
      throw new Error(`The guide has no ${token.type}.`);
  }
}

const spans = (tokens: Token[] = []): Span[] => tokens.flatMap(span);

function span(token: Token): Span[] {
  switch (token.type) {
    case 'codespan':
      return [{ type: 'key', text: (token as Tokens.Codespan).text }];
    case 'strong':
      return [{ type: 'strong', spans: spans((token as Tokens.Strong).tokens) }];
    case 'link': {
      const { href, tokens } = token as Tokens.Link;
      return [{ type: 'link', href: address(href), spans: spans(tokens) }];
    }
    case 'text': {
      const { text, tokens } = token as Tokens.Text;
      return tokens ? spans(tokens) : [{ type: 'text', text }];
    }
    default:
      throw new Error(`The guide has no ${token.type}.`);
  }
}

/** Files link to each other by name. In the app, they are pages. */
const address = (href: string): string => href.replace(/^([\w-]+)\.md/, '/help/$1');
