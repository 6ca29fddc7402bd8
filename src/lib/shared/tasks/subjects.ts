import { contactName } from '$lib/entities/contact';
import { all } from '$lib/store/read';
import type { ComboOption } from '$lib/ui/combo-options';
import { subjectKey, type Subject } from '$lib/shared/records/subject';

/** All records that a task can be about, as options of a field. */
export async function subjectOptions(): Promise<ComboOption[]> {
  const [contacts, companies, deals] = await Promise.all([all('contacts'), all('companies'), all('deals')]);
  const options = [
    ...contacts.map((row) => option({ contact_id: row.id }, contactName(row), 'Contact')),
    ...companies.map((row) => option({ company_id: row.id }, row.name, 'Company')),
    ...deals.map((row) => option({ deal_id: row.id }, row.name, 'Deal')),
  ];
  return options.sort((a, b) => a.label.localeCompare(b.label));
}

const option = (subject: Subject, label: string, hint: string): ComboOption => ({
  value: subjectValue(subject),
  label,
  hint,
});

/** The option value of a subject. */
export const subjectValue = (subject: Subject): string => subjectKey(subject).join('=');

/** The subject of an option's value. */
export function subjectOfValue(value: string | null): Subject | null {
  return value ? (Object.fromEntries([value.split('=')]) as Subject) : null;
}
