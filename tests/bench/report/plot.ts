import { type Plot, show } from './figures';

const colors = ['#2f6f4f', '#8a8f98', '#c2703d', '#4f6fb5', '#a3488a', '#b59b2f'];
const [width, height] = [720, 340];
const frame = { left: 64, right: 16, top: 44, bottom: 64 };
const [inner, tall] = [width - frame.left - frame.right, height - frame.top - frame.bottom];

/**
 * Draws a plot as SVG that is readable on light and dark pages: bars if there is one place on the x axis, lines if
 * there are more.
 */
export function draw(plot: Plot): string {
  const values = plot.series.flatMap((series) => series.values).filter((value) => value > 0);
  const top = 10 ** Math.ceil(Math.log10(Math.max(...values, 1)));
  const bottom = 10 ** Math.floor(Math.log10(Math.min(...values, top / 10)));
  const y = (value: number) =>
    frame.top + tall * (1 - Math.log10(Math.max(value, bottom) / bottom) / Math.log10(top / bottom));
  const grid: string[] = [];
  for (let value = bottom; value <= top * 1.001; value *= 10)
    grid.push(
      `<path d="M${frame.left} ${y(value)}h${inner}" stroke="#8884"/>`,
      text(frame.left - 8, y(value) + 4, show(value), 'end'),
    );
  const shapes = plot.x.length > 1 ? lines(plot, y) : bars(plot, y);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" font-family="sans-serif" font-size="12">`,
    `<title>${escape(plot.title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff" rx="8"/>`,
    `<text x="16" y="24" font-size="15" fill="#222">${escape(`${plot.title} (${plot.unit}, logarithmic)`)}</text>`,
    ...grid,
    ...shapes,
    '</svg>\n',
  ].join('\n');
}

function bars({ series, unit }: Plot, y: (value: number) => number): string[] {
  const step = inner / series.length;
  return series.flatMap(({ name, values }, index) => {
    const value = values[0] ?? 0;
    const x = frame.left + step * (index + 0.15);
    const middle = x + step * 0.35;
    return [
      `<rect x="${x}" y="${y(value)}" width="${step * 0.7}" height="${frame.top + tall - y(value)}" fill="${colors[index === 0 ? 0 : 1]}"/>`,
      text(middle, y(value) - 6, show(value, unit), 'middle'),
      text(middle, height - frame.bottom + 20, name, 'middle'),
    ];
  });
}

function lines({ series, x: labels }: Plot, y: (value: number) => number): string[] {
  const at = (index: number) => frame.left + (inner * index) / (labels.length - 1);
  const axis = labels.map((label, index) =>
    text(
      at(index),
      height - frame.bottom + 18,
      label,
      index === 0 ? 'start' : index === labels.length - 1 ? 'end' : 'middle',
    ),
  );
  const drawn = series.flatMap(({ name, values }, index) => {
    const color = colors[index % colors.length] ?? '#000';
    const points = values.map((value, place) => `${at(place)},${y(value)}`).join(' ');
    const key = frame.left + (index % 3) * (inner / 3);
    const row = height - 28 + Math.floor(index / 3) * 16;
    return [
      `<polyline points="${points}" fill="none" stroke="${color}" stroke-width="2"/>`,
      ...values.map((value, place) => `<circle cx="${at(place)}" cy="${y(value)}" r="3" fill="${color}"/>`),
      `<rect x="${key}" y="${row - 9}" width="10" height="10" fill="${color}"/>`,
      text(key + 14, row, name, 'start'),
    ];
  });
  return [...axis, ...drawn];
}

const text = (x: number, y: number, content: string, anchor: string) =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="#444">${escape(content)}</text>`;

const escape = (content: string) =>
  content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
