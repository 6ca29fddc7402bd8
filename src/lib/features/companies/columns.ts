import type { Company } from '$lib/entities/company';
import type { Column } from '$lib/shared/export/csv';
import { joinTags } from '$lib/shared/forms/text';
import { companyFields } from '$lib/shared/forms/plain-fields';

type TextField = { [K in keyof Company]: Company[K] extends string | null ? K : never }[keyof Company];

const text = (header: string, field: TextField): Column<Company> => ({
  header,
  value: (company) => company[field],
});

/** The columns of exported companies; `ownerName` names a member by id. */
export function companyColumns(ownerName: (id: string) => string | undefined): Column<Company>[] {
  return [
    text('Company name', 'name'),
    text('Segment', 'segment'),
    text('Priority', 'priority'),
    { ...text('Phone', 'phone'), kind: 'phone' },
    ...companyFields.map(({ label, field }) => text(label, field)),
    text('Street', 'street'),
    text('City', 'city'),
    text('Region', 'region'),
    text('Postal code', 'postal_code'),
    text('Country', 'country'),
    text('Description', 'description'),
    { header: 'Owner', value: (company) => company.owner_id && ownerName(company.owner_id) },
    { header: 'Tags', value: (company) => joinTags(company.tags) },
  ];
}
