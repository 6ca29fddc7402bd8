/**
 * A row's values as the text that `api.digest` makes of them in Postgres (private.digest_content): the JSON list of the
 * named columns, with the spaces, the order of keys and the bits of the numbers as there, and without `__proto__`.
 */
export function canonicalRow(row: Record<string, unknown>, columns: string[]): string {
  return `[${columns.map((column) => canonicalJson(row[column])).join(', ')}]`;
}

function canonicalJson(value: unknown): string {
  if (typeof value === 'number') return `"${bits(value)}"`;
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value as object)
    .filter(([key]) => key !== '__proto__')
    .sort(([a], [b]) => byLengthAndBytes(a, b));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}: ${canonicalJson(each)}`).join(', ')}}`;
}

const utf8 = new TextEncoder();

/** The order of `jsonb`: shorter keys first, equally long ones by their bytes. */
function byLengthAndBytes(a: string, b: string): number {
  const [left, right] = [utf8.encode(a), utf8.encode(b)];
  if (left.length !== right.length) return left.length - right.length;
  const at = left.findIndex((byte, index) => byte !== right[index]);
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

/** The 64 bits of a number in hexadecimal. Postgres knows no negative zero in JSON. */
function bits(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value === 0 ? 0 : value);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}
