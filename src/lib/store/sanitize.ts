/**
 * The value with NUL and lone surrogates replaced by U+FFFD. Postgres takes neither, and one of them
 * would hold up every later change of the device.
 */
export function sanitize<T>(value: T): T {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\uFFFD') as T;
  if (Array.isArray(value)) return value.map(sanitize) as T;
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sanitize(inner)])) as T;
  return value;
}
