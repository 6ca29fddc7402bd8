import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { manifest } from './manifest';

/** The size of a PNG file, and whether it can be transparent. */
function facts(path: string) {
  const png = readFileSync(path);
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), opaque: png[25] === 2 };
}

test('the icon for the home screen of an iPad is opaque, and the page names it', () => {
  const html = readFileSync('src/app.html', 'utf8');
  expect(html).toContain('<link rel="apple-touch-icon" href="/apple-touch-icon.png" />');
  expect(facts('static/apple-touch-icon.png')).toEqual({ width: 180, height: 180, opaque: true });
});

test('an icon that a device cuts to its own shape fills the square', () => {
  const maskable = manifest.icons?.filter(({ purpose }) => purpose === 'maskable') ?? [];
  expect(maskable).not.toEqual([]);
  for (const { src } of maskable) expect(facts(`static${src}`)).toMatchObject({ opaque: true });
});
