import type { Contact } from '$lib/entities/contact';
import { exactTime, localDate } from '$lib/ui/format-date';
import { addressFact, emailFact, known, linkFact, phoneFact, textFact, type Fact } from '../records/fact';

/** What is known about a contact, without what its header says; `ownerName` names a member by id. */
export const contactFacts = (
  contact: Contact,
  ownerName: (id: string | null) => string | undefined,
): Fact[] =>
  known([
    phoneFact(contact.phones),
    emailFact(contact.emails),
    textFact('Department', contact.department),
    textFact('Owner', ownerName(contact.owner_id)),
    textFact('Tags', contact.tags.join(', ')),
    addressFact(contact),
    linkFact('LinkedIn', contact.linkedin_url),
    textFact('Background', contact.background),
    textFact('Added', exactTime(localDate(new Date(contact.created_at)))),
  ]);
