import { expect, test } from 'vitest';
import { kindOf } from './guess-kind';
import { guessColumns } from './guess';
import { guess, targets } from './test-guess';

test('Outlook: a title beside a job title is a name prefix, and the work address comes before that of home', () => {
  expect(
    guess(
      ...['Title', 'First Name', 'Middle Name', 'Last Name', 'Suffix', 'Company', 'Department', 'Job Title'],
      ...['Home Street', 'Business Street', 'Business City', 'Business Country/Region', 'Business Fax'],
      ...['Business Phone', 'Mobile Phone', 'E-mail Address', 'E-mail 2 Address', 'Notes', 'Categories'],
    ),
  ).toEqual({
    Title: 'name_prefix',
    'First Name': 'first_name',
    'Middle Name': 'middle_name',
    'Last Name': 'last_name',
    Suffix: 'name_suffix',
    Company: 'company',
    Department: 'department',
    'Job Title': 'title',
    'Home Street': 'line',
    'Business Street': 'street',
    'Business City': 'city',
    'Business Country/Region': 'country',
    'Business Fax': ['phone', 'fax'],
    'Business Phone': ['phone', 'work'],
    'Mobile Phone': ['phone', 'mobile'],
    'E-mail Address': 'email',
    'E-mail 2 Address': 'email',
    Notes: 'background',
    Categories: 'tags',
  });
});

test('HubSpot', () => {
  expect(
    guess(
      ...[
        'Record ID',
        'First Name',
        'Last Name',
        'Email',
        'Phone Number',
        'Mobile Phone Number',
        'Company Name',
      ],
      ...['Associated Company', 'Job Title', 'State/Region', 'Postal Code', 'Website URL', 'Lifecycle Stage'],
    ),
  ).toMatchObject({
    'Record ID': 'line',
    Email: 'email',
    'Phone Number': 'phone',
    'Mobile Phone Number': ['phone', 'mobile'],
    'Company Name': 'company',
    'Associated Company': 'line',
    'Job Title': 'title',
    'State/Region': 'region',
    'Postal Code': 'postal_code',
    'Website URL': 'website',
    'Lifecycle Stage': 'line',
  });
});

test('Atomic CRM', () => {
  expect(
    guess(
      'first_name',
      'last_name',
      'title',
      'background',
      'has_newsletter',
      'email_work',
      'phone_home',
      'linkedin_url',
    ),
  ).toEqual({
    first_name: 'first_name',
    last_name: 'last_name',
    title: 'title',
    background: 'background',
    has_newsletter: 'line',
    email_work: ['email', 'work'],
    phone_home: ['phone', 'home'],
    linkedin_url: 'linkedin_url',
  });
});

test('Outlook and Excel in German, French, Spanish and Italian', () => {
  expect(
    guess(
      ...[
        'Anrede',
        'Vorname',
        'Name',
        'Firma',
        'Abteilung',
        'Position',
        'Straße geschäftlich',
        'Ort geschäftlich',
      ],
      ...['Postleitzahl geschäftlich', 'Land/Region geschäftlich', 'Straße privat', 'Telefon geschäftlich'],
      ...['Telefon (privat)', 'Mobiltelefon', 'Fax geschäftlich', 'E-Mail-Adresse', 'E-Mail 2: Adresse'],
      ...['Kategorien', 'Notizen', 'Webseite'],
    ),
  ).toEqual({
    Anrede: 'name_prefix',
    Vorname: 'first_name',
    Name: 'last_name',
    Firma: 'company',
    Abteilung: 'department',
    Position: 'title',
    'Straße geschäftlich': 'street',
    'Ort geschäftlich': 'city',
    'Postleitzahl geschäftlich': 'postal_code',
    'Land/Region geschäftlich': 'country',
    'Straße privat': 'line',
    'Telefon geschäftlich': ['phone', 'work'],
    'Telefon (privat)': ['phone', 'home'],
    Mobiltelefon: ['phone', 'mobile'],
    'Fax geschäftlich': ['phone', 'fax'],
    'E-Mail-Adresse': 'email',
    'E-Mail 2: Adresse': 'email',
    Kategorien: 'tags',
    Notizen: 'background',
    Webseite: 'website',
  });
  expect(
    guess(
      ...['Civilité', 'Prénom', 'Nom', 'Société', 'Fonction', 'Rue (bureau)', 'Ville (bureau)'],
      ...['Code postal (bureau)', 'Pays/Région (bureau)', 'Téléphone (bureau)', 'Tél. mobile', 'Courriel'],
    ),
  ).toEqual({
    Civilité: 'name_prefix',
    Prénom: 'first_name',
    Nom: 'last_name',
    Société: 'company',
    Fonction: 'title',
    'Rue (bureau)': 'street',
    'Ville (bureau)': 'city',
    'Code postal (bureau)': 'postal_code',
    'Pays/Région (bureau)': 'country',
    'Téléphone (bureau)': ['phone', 'work'],
    'Tél. mobile': ['phone', 'mobile'],
    Courriel: 'email',
  });
  expect(guess('Nombre', 'Apellidos', 'Empresa', 'Teléfono móvil', 'Correo electrónico', 'País')).toEqual({
    Nombre: 'first_name',
    Apellidos: 'last_name',
    Empresa: 'company',
    'Teléfono móvil': ['phone', 'mobile'],
    'Correo electrónico': 'email',
    País: 'country',
  });
  expect(guess('Nome', 'Cognome', 'Azienda', 'Cellulare', 'CAP', 'Città')).toMatchObject({
    Nome: 'first_name',
    Cognome: 'last_name',
    Azienda: 'company',
    Cellulare: ['phone', 'mobile'],
    CAP: 'postal_code',
    Città: 'city',
  });
  expect(guess('Nom', 'Ville')).toEqual({ Nom: 'full_name', Ville: 'city' });
});

test('Salesforce: contacts, accounts and opportunities', () => {
  expect(
    guess(
      ...['Salutation', 'First Name', 'Last Name', 'Title', 'Account Name', 'Mailing Street', 'Mailing City'],
      ...['Mailing State/Province', 'Mailing Zip/Postal Code', 'Mailing Country', 'Mobile', 'Account Owner'],
    ),
  ).toEqual({
    Salutation: 'name_prefix',
    'First Name': 'first_name',
    'Last Name': 'last_name',
    Title: 'title',
    'Account Name': 'company',
    'Mailing Street': 'street',
    'Mailing City': 'city',
    'Mailing State/Province': 'region',
    'Mailing Zip/Postal Code': 'postal_code',
    'Mailing Country': 'country',
    Mobile: ['phone', 'mobile'],
    'Account Owner': 'owner',
  });
  const accounts = ['Account Name', 'Billing Street', 'Billing Zip/Postal Code', 'Industry', 'Website'];
  expect(kindOf(accounts)).toBe('companies');
  expect(targets(accounts)).toEqual(['company', 'street', 'postal_code', 'segment', 'website']);
  const opportunities = ['Opportunity Owner', 'Account Name', 'Opportunity Name', 'Stage', 'Amount'];
  expect(kindOf([...opportunities, 'Amount Currency', 'Close Date', 'Next Step'])).toBe('deals');
  expect(targets([...opportunities, 'Amount Currency', 'Close Date', 'Next Step'])).toEqual([
    ...['owner', 'company', 'deal_name', 'stage', 'amount', 'currency', 'expected_close_on', 'next_action'],
  ]);
});

test('Zoho: contacts and deals', () => {
  const contacts = ['Contact Owner', 'First Name', 'Account Name', 'Title', 'Secondary Email', 'Asst Phone'];
  expect(kindOf(contacts)).toBe('contacts');
  expect(targets(contacts)).toEqual(['owner', 'first_name', 'company', 'title', 'email', 'phone']);
  const addresses = ['Mailing Street', 'Other Street', 'Mailing Zip', 'Other Zip', 'Tag', 'Email Opt Out'];
  expect(targets(addresses)).toEqual(['street', 'line', 'postal_code', 'line', 'tags', 'line']);
  const deals = ['Deal Owner', 'Amount', 'Deal Name', 'Closing Date', 'Account Name', 'Contact Name', 'Tag'];
  expect(kindOf(deals)).toBe('deals');
  expect(targets([...deals, 'Reason For Loss', 'Next Step'])).toEqual([
    ...['owner', 'amount', 'deal_name', 'expected_close_on', 'company', 'contact', 'tags', 'lost_reason'],
    'next_action',
  ]);
});

test('Outlook in French: the form of address is not the job title', () => {
  const headers = ['Titre', 'Prénom', 'Nom', 'Suffixe', 'Société', 'Service', 'Titre', 'Dép/Région (bureau)'];
  const rows = [{ cells: ['Mme', 'Aude', 'Roy', '', 'Roy SA', 'Achats', 'Directrice', 'Rhône'] }];
  expect(guessColumns(headers, 'contacts', rows).map(({ target }) => target)).toEqual([
    ...['name_prefix', 'first_name', 'last_name', 'name_suffix', 'company', 'department', 'title', 'region'],
  ]);
  expect(targets(['Adresse de messagerie', 'Télécopie (bureau)', 'Autre télécopie', 'Page Web'])).toEqual([
    ...['email', 'phone', 'phone', 'website'],
  ]);
});

test('German Outlook: a column about an address is not imported as one', () => {
  expect(
    targets(['E-Mail-Adresse', 'E-Mail-Typ', 'E-Mail: Angezeigter Name', 'E-Mail 2: Typ', 'Ort privat']),
  ).toEqual([...['email', 'line', 'line', 'line', 'city']]);
});
