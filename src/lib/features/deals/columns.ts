import { isOpen, stageLabels } from '$lib/entities/deal';
import { localMoment } from '$lib/ui/local-moment';
import type { Column } from '$lib/shared/export/csv';
import { joinTags } from '$lib/shared/forms/text';
import type { DealItem } from './queries';

/** The columns of exported deals; `ownerName` names a member by id. */
export function dealColumns(ownerName: (id: string | null) => string | undefined): Column<DealItem>[] {
  return [
    { header: 'Deal name', value: ({ deal }) => deal.name },
    { header: 'Company', value: ({ companyName }) => companyName },
    { header: 'Principal', value: ({ principalName }) => principalName },
    { header: 'Stage', value: ({ deal }) => stageLabels[deal.stage] },
    { header: 'Amount', value: ({ deal }) => deal.amount },
    { header: 'Currency', value: ({ deal }) => deal.currency },
    { header: 'Expected close', value: ({ deal }) => deal.expected_close_on },
    { header: 'Priority', value: ({ deal }) => deal.priority },
    { header: 'Next action', value: ({ deal }) => deal.next_action },
    { header: 'Next action on', value: ({ deal }) => deal.next_action_on },
    { header: 'Source', value: ({ deal }) => deal.source },
    { header: 'Description', value: ({ deal }) => deal.description },
    { header: 'Owner', value: ({ deal }) => ownerName(deal.owner_id) },
    { header: 'Tags', value: ({ deal }) => joinTags(deal.tags) },
    {
      header: 'Closed at',
      value: ({ deal }) => (isOpen(deal.stage) || !deal.closed_at ? null : localMoment(deal.closed_at)),
    },
    { header: 'Lost reason', value: ({ deal }) => deal.lost_reason },
  ];
}
