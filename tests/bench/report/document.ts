import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { format } from 'prettier';
import { show, type Section, type Table } from './figures';
import { draw } from './plot';

const document = 'docs/performance.md';
const scaling = 'docs/scaling.md';
const results = 'docs/performance/results.json';
const marker = (name: string, end: 'begins' | 'ends') => `<!-- ${name} ${end} -->`;

interface Kept {
  measured: string;
  machine: string;
  section: Section;
}

/**
 * Writes the results between the markers of each section in `docs/performance.md`, the plots next to it, and everything
 * as JSON. Sections that were not measured this time stay as they are.
 */
export async function writeResults(sections: Record<string, Section>, measured: Date): Promise<void> {
  mkdirSync(dirname(results), { recursive: true });
  const kept = (existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : {}) as Record<string, Kept>;
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  let text = readFileSync(document, 'utf8');
  for (const [name, section] of Object.entries(sections)) {
    kept[name] = { measured: measured.toISOString().slice(0, 16), machine, section };
    for (const plot of section.plots) writeFileSync(`docs/performance/${plot.file}`, draw(plot));
    text = between(text, name, generated(kept[name]));
  }
  await writeMarkdown(document, text);
  for (const { sizing } of Object.values(sections))
    if (sizing) {
      const page = between(readFileSync(scaling, 'utf8'), 'sizing', asMarkdown(sizing));
      await writeMarkdown(scaling, page);
    }
  writeFileSync(results, await format(JSON.stringify(kept), { parser: 'json', printWidth: 110 }));
}

const writeMarkdown = async (path: string, text: string) =>
  writeFileSync(path, await format(text, { parser: 'markdown', printWidth: 110 }));

function between(text: string, name: string, content: string): string {
  const [begin, end] = [marker(name, 'begins'), marker(name, 'ends')];
  const [start, stop] = [text.indexOf(begin), text.indexOf(end)];
  if (start < 0 || stop < start) throw new Error(`There is no place for "${name}".`);
  return `${text.slice(0, start + begin.length)}\n\n${content}\n\n${text.slice(stop)}`;
}

function generated({ measured, machine, section }: Kept): string {
  const figures: Table = {
    title: '',
    columns: ['', 'what', 'measured', 'target'],
    rows: section.figures.map(({ name, value, unit, target, pass }) => [
      target === undefined ? '' : pass ? 'pass' : '**miss**',
      name,
      show(value, unit),
      target ?? '',
    ]),
  };
  return [
    `Measured ${measured.replace('T', ' ')} UTC on ${machine}.`,
    ...[figures, ...section.tables].map(asMarkdown),
    ...section.plots.map(({ file, title }) => `![${title}](performance/${file})`),
  ].join('\n\n');
}

function asMarkdown({ title, columns, rows }: Table): string {
  const cells = (row: string[]) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const table = [cells(columns), cells(columns.map(() => '---')), ...rows.map(cells)].join('\n');
  return title ? `**${title}**\n\n${table}` : table;
}
