import { expect, test } from 'vitest';
import { decode } from './decode';

const bytes = (...values: number[]) => new Uint8Array(values);
const utf16 = (text: string, littleEndian: boolean) => {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  [...text].forEach((letter, index) => view.setUint16(index * 2, letter.charCodeAt(0), littleEndian));
  return [...new Uint8Array(view.buffer)];
};
const sample = 'Name,Ort\nZoë,Łódź';

test('UTF-8 is read with and without a byte order mark', () => {
  const plain = new TextEncoder().encode(sample);
  expect(decode(plain)).toBe(sample);
  expect(decode(bytes(0xef, 0xbb, 0xbf, ...plain))).toBe(sample);
});

test('UTF-16 is read in both byte orders, also without a mark', () => {
  expect(decode(bytes(0xff, 0xfe, ...utf16(sample, true)))).toBe(sample);
  expect(decode(bytes(0xfe, 0xff, ...utf16(sample, false)))).toBe(sample);
  expect(decode(bytes(...utf16(sample, true)))).toBe(sample);
  expect(decode(bytes(...utf16(sample, false)))).toBe(sample);
});

test('what is no UTF-8 is read as Windows-1252', () => {
  expect(decode(bytes(0x5a, 0x6f, 0xeb, 0x3b, 0xdf))).toBe('Zoë;ß');
});

test('a workbook, a picture and a program are told apart from text', () => {
  expect(() => decode(bytes(0x50, 0x4b, 3, 4, 20))).toThrow(/workbook/);
  expect(() => decode(bytes(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13))).toThrow(/not a text file/);
  expect(() => decode(bytes(...Array.from({ length: 400 }, (_, index) => (index * 37) % 256)))).toThrow(
    /not a text/,
  );
});
