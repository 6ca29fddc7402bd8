import { addedAt } from '$lib/entities/added-at';
import type { Company } from '$lib/entities/company';
import { isOpen, type Deal } from '$lib/entities/deal';
import { inWords, localDate } from '$lib/ui/format-date';
import { exactTime } from '$lib/ui/local-time.svelte';
import { formatMoney } from '$lib/ui/format-money';
import { known, textFact, type Fact } from '$lib/shared/records/fact';
import { isOverdue } from './filter';

interface Names {
  company: Company | undefined;
  principal: Company | undefined;
  owner: string | undefined;
}

/** The facts about a deal that its header does not show. */
export function dealFacts(deal: Deal, { company, principal, owner }: Names, now: Date): Fact[] {
  const late = isOverdue(deal, localDate(now)) ? 'overdue, ' : '';
  const isClosed = !isOpen(deal.stage);
  const next = deal.next_action_on ? `${late}${inWords(deal.next_action_on, now)}` : '';
  return known([
    textFact('Amount', formatMoney(deal.amount, deal.currency)),
    textFact('Company', company?.name, company && `/companies/${company.id}`),
    textFact('Principal', principal?.name, principal && `/companies/${principal.id}`),
    textFact('Next action', [deal.next_action, next && `(${next})`].filter(Boolean).join(' ')),
    textFact('Expected close', deal.expected_close_on && exactTime(deal.expected_close_on)),
    textFact('Closed', isClosed && deal.closed_at ? exactTime(deal.closed_at) : null),
    textFact('Reason lost', deal.stage === 'closed_lost' ? deal.lost_reason : null),
    textFact('Priority', deal.priority),
    textFact('Owner', owner),
    textFact('Source', deal.source),
    textFact('Tags', deal.tags.join(', ')),
    textFact('Description', deal.description),
    textFact('Added', exactTime(addedAt(deal))),
  ]);
}
