import { expect, test } from 'vitest';
import { guessColumns } from './guess';
import { guess, targets } from './test-guess';

test('a hand-made sheet, and a second column of one kind', () => {
  expect(guess('Name', 'E-Mail', 'Tel.', 'Organisation', 'Position', 'Zip', 'Town', 'Company')).toEqual({
    Name: 'full_name',
    'E-Mail': 'email',
    'Tel.': 'phone',
    Organisation: 'company',
    Position: 'title',
    Zip: 'postal_code',
    Town: 'city',
    Company: 'line',
  });
});

test('columns about calls and mailings are neither phone numbers nor addresses', () => {
  const about = [
    'Number of phone calls',
    'Last phone call',
    'Last email sent date',
    'Email opt out',
    'Email domain',
  ];
  expect(new Set(Object.values(guess(...about)))).toEqual(new Set(['line']));
  expect(guess('Phone number', 'Mobile Phone', 'E-mail Address', 'Call phone')).toEqual({
    'Phone number': 'phone',
    'Mobile Phone': ['phone', 'mobile'],
    'E-mail Address': 'email',
    'Call phone': 'phone',
  });
});

test.each([
  ['MailingStreet', 'street'],
  ['MailingPostalCode', 'postal_code'],
  ['MobilePhone', 'phone'],
  ['companyName', 'company'],
  ['Company / Account', 'company'],
  ['Company Domain Name', 'website'],
  ['Work address city', 'city'],
  ['Address 1: Street 1', 'street'],
  ['Person - Postal address', 'street'],
  ['Person - Email messages count', 'line'],
  ['Person - E-Mail - Arbeit', 'email'],
  ['Person - Telefon - Mobil', 'phone'],
  ['Postanschrift - Ort', 'city'],
  ['Weiteres Telefon', 'phone'],
  ['Postfach geschäftlich', 'street'],
  ['Téléphone (voiture)', 'phone'],
  ['Kontoname', 'company'],
  ['Beschreibung', 'background'],
  ['Voornaam', 'first_name'],
  ['Sobrenome', 'last_name'],
  ['Фамилия', 'last_name'],
  ['電話番号', 'phone'],
])('a column of contacts called %j is a %s', (header, target) => {
  expect(guessColumns([header], 'contacts')[0]?.target).toBe(target);
});

test.each([
  ['Deal - Titel', 'deal_name'],
  ['Affaire - Titre', 'deal_name'],
  ['Deal - Ansprechpartner', 'contact'],
  ['Deal - Währung von Wert', 'currency'],
  ['Deal - Erwartetes Abschlussdatum', 'expected_close_on'],
  ['Deal - Besitzer', 'owner'],
  ['Deal - Source channel', 'source'],
  ['Deal - Won time', 'closed_at'],
  ["Nom de l'affaire", 'deal_name'],
  ['Date de clôture prévue', 'expected_close_on'],
  ['StageName', 'stage'],
  ['CurrencyIsoCode', 'currency'],
  ['Amount (CA$)', 'amount'],
  ['Amount in company currency', 'line'],
  ['Expected Revenue', 'line'],
  ['Estado', 'status'],
])('a column of deals called %j is a %s', (header, target) => {
  expect(guessColumns([header], 'deals')[0]?.target).toBe(target);
});

test('both last names of a Mexican sheet are kept, and a title beside a position is a prefix', () => {
  expect(targets(['Nombre', 'Apellido paterno', 'Apellido materno', 'Celular', 'C.P.', 'Estado'])).toEqual([
    ...['first_name', 'last_name', 'last_name', 'phone', 'postal_code', 'region'],
  ]);
  expect(targets(['Anrede', 'Titel', 'Vorname', 'Nachname', 'Position'])).toEqual([
    ...['name_prefix', 'name_prefix', 'first_name', 'last_name', 'title'],
  ]);
  const rows = [{ cells: ['Dr.', 'Ada'] }, { cells: ['Prof. Dr.', 'Ben'] }];
  expect(guessColumns(['Title', 'First name'], 'contacts', rows)[0]?.target).toBe('name_prefix');
});
