import { addedAt } from '$lib/entities/added-at';
import type { Contact } from '$lib/entities/contact';
import { localDate } from '$lib/ui/format-date';
import { exactTime } from '$lib/ui/local-time.svelte';
import {
  addressFact,
  changeable,
  emailFact,
  known,
  linkFact,
  phoneFact,
  tagsFact,
  textFact,
  type Fact,
} from '$lib/shared/records/fact';

/** The facts about a contact that its header does not show; `ownerName` gives a member's name by id. */
export const contactFacts = (
  contact: Contact,
  ownerName: (id: string | null) => string | undefined,
): Fact[] =>
  known([
    phoneFact(contact.phones, contact.country),
    emailFact(contact.emails),
    changeable(textFact('Department', contact.department), 'department', contact.department),
    textFact('Owner', ownerName(contact.owner_id)),
    tagsFact(contact.tags),
    addressFact(contact),
    changeable(linkFact('LinkedIn', contact.linkedin_url), 'linkedin_url', contact.linkedin_url),
    changeable(textFact('Background', contact.background), 'background', contact.background, true),
    textFact('Added', exactTime(localDate(new Date(addedAt(contact))))),
  ]);
