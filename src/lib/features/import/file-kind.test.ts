import { expect, test } from 'vitest';
import { kindOf } from './guess-kind';

test('deals are recognized by columns that only deals have', () => {
  expect(kindOf(['Name', 'Firma', 'Phase', 'Betrag', 'Währung', 'Abschlussdatum'])).toBe('deals');
  expect(kindOf(['Topic', 'Potential Customer', 'Est. Close Date', 'Est. Revenue'])).toBe('deals');
  expect(kindOf(['First Name', 'Last Name', 'Email', 'Lifecycle Stage', 'Close Date'])).toBe('contacts');
  expect(kindOf(['Person - Name', 'Person - Email - Work', 'Person - Open deals'])).toBe('contacts');
  expect(kindOf(['Organization - Name', 'Organization - Address'])).toBe('companies');
});

test('deals are recognized by the names that other programs and languages give to their columns', () => {
  expect(kindOf(['Name', 'StageName', 'Amount', 'CloseDate', 'OwnerId'])).toBe('deals');
  expect(kindOf(['Affaire', 'Société', 'Montant', 'Étape'])).toBe('deals');
  expect(kindOf(['Person - Nom', 'Person - Organisation', 'Person - Propriétaire'])).toBe('contacts');
});

test('a name beside a company is that of a person', () => {
  expect(kindOf(['Name', 'Company'])).toBe('contacts');
  expect(kindOf(['Name', 'Phone', 'Company', 'City'])).toBe('contacts');
  expect(kindOf(['Firma', 'Name', 'Ort'])).toBe('contacts');
  expect(kindOf(['Name', 'Industry', 'City'])).toBe('companies');
  expect(kindOf(['Company name', 'City'])).toBe('companies');
});
