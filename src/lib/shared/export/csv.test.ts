import fc from 'fast-check';
import { expect, test } from 'vitest';
import { neutralise, toCsv } from './csv';

test.each(['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1'])(
  'a spreadsheet cannot run the cell %j',
  (text) => {
    expect(neutralise(text)).toBe(`'${text}`);
  },
);

test.each(['+41 44 668 18 00', '+1 (555) 010-9999', '+49.30.123', '+1 555 0100 ext. 12'])(
  'the phone number %s stays as it is',
  (phone) => {
    expect(neutralise(phone, 'phone')).toBe(phone);
  },
);

test.each(['=cmd()', '+1+cmd|calc', '@phone', '+49=1'])(
  'still disarms a formula in a phone column: %s',
  (text) => {
    expect(neutralise(text, 'phone')).toBe(`'${text}`);
  },
);

test('treats a phone number in another column as a formula', () => {
  expect(neutralise('+41 44 668 18 00')).toBe("'+41 44 668 18 00");
});

test('the file starts with a byte order mark and a header, and numbers stay numbers', async () => {
  const csv = await toCsv(
    [
      { name: 'Zoë, "Chef"', amount: -5 },
      { name: null, amount: null },
    ],
    [
      { header: 'Name', value: (row) => row.name },
      { header: 'Amount', value: (row) => row.amount },
    ],
  );
  expect(csv).toBe('\uFEFFName,Amount\r\n"Zoë, ""Chef""",-5\r\n,');
});

test('no exported cell begins with a sign that a spreadsheet runs', () => {
  fc.assert(fc.property(fc.string(), (text) => !/^[=+\-@\t\r\n]/.test(neutralise(text))));
});
