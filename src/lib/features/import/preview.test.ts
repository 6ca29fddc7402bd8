import { expect, test } from 'vitest';
import { buildRow } from './build-row';
import type { Reading } from './built-row';
import { previewOf } from './preview';
import { opened, text } from './test-import';

const now = new Date('2026-03-20T10:00:00');
const reading: Reading = {
  kind: 'deals',
  member: (name) => (name === 'rep@example.com' ? 'robin' : undefined),
  now,
};

async function dealPreviews(csv: string) {
  const { table, columns } = await opened(text(csv));
  return table.rows.map((row) => previewOf(buildRow(row, columns, reading), now, () => 'Robin Vale').lines);
}

test('dates before the import are in words, as the lists show them', async () => {
  const previews = await dealPreviews(
    'Deal name,Stage,Expected close,Closed at,Next action,Next action on\n' +
      'Menu,Demo scheduled,2026-03-21,,Call,2026-03-23\n' +
      'Mill,Demo scheduled,2027-05-02,,,2026-03-20\n' +
      'Bay,Closed won,,2026-03-19 14:30,,\n' +
      'Ham,Demo scheduled,,,Write,\n',
  );
  expect(previews).toEqual([
    ['Demo scheduled', 'Expected close: tomorrow', 'Next action: Call (in 3 days)'],
    ['Demo scheduled', 'Expected close: May 2, 2027', 'Next action: (today)'],
    ['Closed won', 'Closed: yesterday 14:30'],
    ['Demo scheduled', 'Next action: Write'],
  ]);
});

test('the preview names the owner whom the import will set, and keeps a name that is none', async () => {
  const { table, columns } = await opened(
    text('Deal name,Owner\nMenu,rep@example.com\nMill,Somebody Else\n'),
  );
  const previews = table.rows.map((row) =>
    previewOf(buildRow(row, columns, reading), now, (id) => (id === 'robin' ? 'Robin Vale' : undefined)),
  );
  expect(previews.map(({ lines, text }) => [lines, text])).toEqual([
    [['New lead', 'Owner: Robin Vale'], null],
    [['New lead'], 'Owner: Somebody Else'],
  ]);
});

test('a tag with a comma looks like one tag', async () => {
  const { table, columns } = await opened(text('First name,Tags\nAnn,"""Food, fresh"", VIP"\n'));
  const previews = table.rows.map((row) => previewOf(buildRow(row, columns), now, () => undefined).lines);
  expect(previews).toEqual([['"Food, fresh", VIP']]);
});
