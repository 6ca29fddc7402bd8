import type { Contact } from '$lib/entities/contact';
import type { Labelled } from '$lib/entities/fields';
import { maxLength } from '$lib/entities/max-length';
import { cutText } from '$lib/ui/cut-text';
import { fold } from '$lib/text/fold';
import { identity } from '$lib/ui/identity';
import { splitName } from '$lib/shared/pickers/split-name';
import { webAddress } from '$lib/shared/forms/check';
import { companyFields, contactFields } from '$lib/shared/forms/plain-fields';
import { dealOf } from './build-deal';
import type { BuiltRow, Reading } from './built-row';
import { Cells, type Cell } from './cells';
import { plainValues, priorityOf, tagsOf, withText } from './common-fields';
import { emailsIn } from './emails';
import { isNothing } from './empty-cells';
import { noteDamaged, numbersIn } from './phone-cells';
import type { SourceRow } from './source-table';
import type { Column, Target } from './targets';

const plainly: Reading = { kind: 'contacts', member: () => undefined };

const nameTargets: Target[] = ['first_name', 'middle_name', 'last_name', 'full_name'];

/** Makes the record of a row. It keeps all text of the row, in its fields or in the background text. */
export function buildRow(row: SourceRow, columns: Column[], reading = plainly): BuiltRow {
  const cells = new Cells(row, columns);
  const owner = ownerOf(cells, reading);
  const record = recordOf(cells, reading);
  if (owner && record.kind !== 'problem') record.values.owner_id = owner;
  noteDamaged(cells);
  return cells.unread().length > 0 ? { ...record, unread: cells.unread() } : record;
}

/** The fields of a person of whom the file has only the full name; undefined if it is too long for a name. */
export function contactNamed(name: string): Partial<Contact> | undefined {
  const column: Column = { index: 0, header: '', target: 'full_name', label: null, group: '' };
  const record = buildRow({ number: 0, cells: [name] }, [column]);
  return record.kind === 'contact' ? record.values : undefined;
}

function recordOf(cells: Cells, reading: Reading): BuiltRow {
  const { kind } = reading;
  if (kind === 'deals') return dealOf(cells, reading);
  if (kind === 'companies')
    return cells.has('company')
      ? companyOf(cells, reading)
      : { kind: 'problem', reason: 'It has no company name.' };
  if (cells.has(...nameTargets)) return contactOf(cells, reading);
  if (cells.has('company')) return companyOf(cells, reading);
  return nameless(cells, reading);
}

function contactOf(cells: Cells, reading: Reading, names = namesOf(cells)): BuiltRow {
  const values: Partial<Contact> = {
    ...names,
    title: cells.text(['title'], ', '),
    ...plainValues(cells, contactFields, reading),
    emails: emailsOf(cells),
    phones: phonesOf(cells),
    linkedin_url: linkOf(cells, ['linkedin_url', 'website'], /linkedin\./i),
    ...addressOf(cells),
    tags: tagsOf(cells),
  };
  const company = cells.text(['company'], ', ', 'name');
  if (!values.first_name && !values.last_name)
    return { kind: 'problem', reason: 'The name is longer than 300 characters.' };
  return withText(cells, 'background', (background) => ({
    kind: 'contact',
    values: { ...values, background },
    company,
  }));
}

function companyOf(cells: Cells, reading: Reading): BuiltRow {
  const name = cells.text(['company'], ', ', 'name');
  if (!name) return { kind: 'problem', reason: 'The company name is longer than 300 characters.' };
  const phone = phoneOf(cells);
  const values = {
    name,
    phone,
    website: linkOf(cells, ['website']),
    linkedin_url: linkOf(cells, ['linkedin_url']),
    segment: cells.text(['segment'], ', '),
    priority: priorityOf(cells),
    ...plainValues(cells, companyFields, reading),
    ...addressOf(cells),
    tags: tagsOf(cells),
  };
  return withText(cells, 'description', (description) => ({
    kind: 'company',
    values: { ...values, description },
  }));
}

/**
 * The first number that can be called. If a cell has several, it stays in the text too, because a company has only one.
 */
function phoneOf(cells: Cells): string | null {
  for (const cell of cells.all('phone').filter(({ column }) => column.label !== 'fax')) {
    const [first, ...others] = numbersIn(cell.value) ?? [];
    if (!first || first.length > maxLength('phone')) continue;
    if (others.length === 0) cells.take(cell);
    return first;
  }
  return null;
}

/** A contact without a name is called by its email address or phone number. */
function nameless(cells: Cells, reading: Reading): BuiltRow {
  const [known] = [...cells.all('email'), ...cells.all('phone')];
  if (!known) return { kind: 'problem', reason: 'It has no name, company, email address or phone number.' };
  return contactOf(cells, reading, {
    first_name: cutText(known.value.trim(), maxLength('first_name')),
    last_name: null,
  });
}

/** The member that a row names as its owner. A name that no member has stays in the text. */
function ownerOf(cells: Cells, { member }: Reading): string | undefined {
  const [cell] = cells.all('owner');
  const [address, ...others] = cell ? emailsIn(cell.value).addresses : [];
  const id =
    cell && (member(cell.value) ?? (address && others.length === 0 ? member(address.value) : undefined));
  if (cell && id) cells.take(cell);
  else if (cell)
    cells.cannotRead(cell, 'does not match exactly one person who can own records, so you will own this one');
  return id;
}

function namesOf(cells: Cells): Pick<Contact, 'first_name' | 'last_name'> {
  const [full] = cells.all('full_name');
  const part = partBeside(cells);
  const isAlone = part === 'whole' || !cells.has('first_name', 'middle_name', 'last_name');
  if (full && isAlone && full.value.length <= maxLength('first_name')) {
    cells.take(full, ...cells.all('first_name'), ...cells.all('last_name'));
    const { first, last } = splitName(full.value);
    const first_name = [cells.text(['name_prefix'], ' ', 'first_name'), first].filter(Boolean).join(' ');
    const last_name = [last, cells.text(['name_suffix'], ' ', 'last_name')].filter(Boolean).join(' ');
    return { first_name: first_name || null, last_name: last_name || null };
  }
  const first_name = cells.text(
    ['name_prefix', part === 'first' ? 'full_name' : 'first_name', 'middle_name'],
    ' ',
    'first_name',
  );
  const last_name = cells.text(
    [part === 'last' ? 'full_name' : 'last_name', 'name_suffix'],
    ' ',
    'last_name',
  );
  const joined = identity([first_name, last_name].filter(Boolean).join(' '));
  cells.take(...cells.all('full_name').filter(({ value }) => identity(value) === joined));
  return { first_name, last_name };
}

/**
 * The content of a column called "Name" beside only a first or a last name: the whole name or the other part, as in
 * "First name, Name" and "Name, Surname".
 */
function partBeside(cells: Cells): 'whole' | 'first' | 'last' | undefined {
  const [first, last] = [cells.all('first_name'), cells.all('last_name')];
  const [full] = cells.all('full_name');
  if (!full || cells.has('middle_name') || first.length + last.length !== 1) return undefined;
  const own = identity([...first, ...last].map(({ value }) => value).join(' '));
  if (` ${identity(full.value)} `.includes(` ${own} `)) return 'whole';
  return first.length > 0 ? 'last' : 'first';
}

/** The email addresses of a row, each once. A cell that says more than addresses stays in the text too. */
function emailsOf(cells: Cells): Labelled[] {
  const entries = new Map<string, Labelled>();
  const name = fold(nameTargets.flatMap((target) => cells.all(target).map(({ value }) => value)).join(' '));
  for (const cell of cells.all('email')) {
    const { addresses, words } = emailsIn(cell.value);
    const fresh = addresses.filter(
      ({ value }) => value.length <= maxLength('email') && !entries.has(value.toLowerCase()),
    );
    if (addresses.length === 0) cells.cannotRead(cell, 'is not an email address');
    if (fresh.length === 0) continue;
    const beside = labelBeside(cells, cell, 'email_label');
    const isName = fold(words)
      .split(' ')
      .every((word) => name.includes(word));
    if (isName || isNothing(words, 'email')) cells.take(cell);
    if (beside) cells.take(beside);
    const ofColumn = beside?.value.replace(/^\*\s*/, '').trim();
    for (const { value, label } of fresh)
      entries.set(value.toLowerCase(), { value, label: ofColumn || label || cell.column.label });
  }
  return [...entries.values()];
}

/** The cell with the label of an address or a number. Outlook puts its way of sending to an address there. */
const labelBeside = (cells: Cells, cell: Cell, target: Target): Cell | undefined =>
  cells
    .all(target)
    .find(
      ({ column, value }) =>
        column.group === cell.column.group &&
        value.length <= maxLength('label') &&
        !/^(smtp|ex|internet)$/i.test(value.trim()),
    );

const phonesOf = (cells: Cells) => labelledOf(cells, 'phone', 'phone_label', numbersIn);

/** A set with unique values. It leaves out cells that `split` cannot read and cells that add nothing. */
function labelledOf(
  cells: Cells,
  target: Target,
  labelTarget: Target,
  split: (text: string) => string[] | undefined,
): Labelled[] {
  const entries = new Map<string, Labelled>();
  for (const cell of cells.all(target)) {
    const values = split(cell.value.trim())?.filter((value) => value.length <= maxLength(target));
    const fresh = values?.filter((value) => !entries.has(value)) ?? [];
    if (!values || fresh.length < values.length) continue;
    const own = labelBeside(cells, cell, labelTarget);
    const label = own?.value.replace(/^\*\s*/, '').trim() || cell.column.label;
    cells.take(cell, ...(own ? [own] : []));
    for (const value of fresh) entries.set(value, { value, label });
  }
  return [...entries.values()];
}

/** The first web address among the targets that `wanted` accepts. */
function linkOf(cells: Cells, targets: Target[], wanted = /./): string | null {
  const link = (cell: Cell) => (/\s/.test(cell.value.trim()) ? undefined : webAddress(cell.value));
  const [own] = targets;
  const cell = targets
    .flatMap((target) => cells.all(target))
    .find((each) => link(each) && (each.column.target === own || wanted.test(each.value)));
  const found = cell && link(cell);
  if (!cell || !found || found.length > maxLength('linkedin_url')) return null;
  cells.take(cell);
  return found;
}

const addressOf = (cells: Cells) => ({
  street: cells.text(['street'], ', '),
  city: cells.text(['city'], ', '),
  region: cells.text(['region'], ', '),
  postal_code: cells.text(['postal_code'], ', '),
  country: cells.text(['country'], ', '),
});
