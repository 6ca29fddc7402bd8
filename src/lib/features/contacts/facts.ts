import { addedAt } from '$lib/entities/added-at';
import type { Contact } from '$lib/entities/contact';
import { localDate } from '$lib/ui/format-date';
import { exactTime } from '$lib/ui/local-time.svelte';
import {
  addressFact,
  changeable,
  emailFact,
  known,
  phoneFact,
  plainFacts,
  tagsFact,
  textFact,
  type Fact,
} from '$lib/shared/records/fact';
import { contactFields } from '$lib/shared/forms/plain-fields';

/** The facts about a contact that its header does not show; `ownerName` gives a member's name by id. */
export const contactFacts = (
  contact: Contact,
  ownerName: (id: string | null) => string | undefined,
): Fact[] =>
  known([
    phoneFact(contact.phones, contact.country),
    emailFact(contact.emails),
    ...plainFacts(contactFields, contact),
    textFact('Owner', ownerName(contact.owner_id)),
    tagsFact(contact.tags),
    addressFact(contact),
    changeable(textFact('Background', contact.background), 'background', contact.background, true),
    textFact('Added', exactTime(localDate(new Date(addedAt(contact))))),
  ]);
