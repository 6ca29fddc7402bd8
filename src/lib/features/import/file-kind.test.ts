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
