import { addedAt } from '$lib/entities/added-at';
import type { Company } from '$lib/entities/company';
import { contactName, type Contact } from '$lib/entities/contact';
import type { Deal } from '$lib/entities/deal';
import { currentStore } from '$lib/store/current';
import { all } from '$lib/store/read';
import { inPieces } from '$lib/shared/lists/in-pieces';

export type RecentKind = 'contact' | 'company' | 'deal';

/** A record that somebody changed or wrote about. */
export interface Recent {
  id: string;
  kind: RecentKind;
  label: string;
  href: string;
  /** ISO */
  at: string;
  /** The id of the member who did it. */
  by: string | null;
}

/** When a record was last changed. If nobody has changed it, that is when it was made, not when it arrived. */
const changed = (row: Contact | Company | Deal): Pick<Recent, 'id' | 'at' | 'by'> => ({
  id: row.id,
  at: row.updated_at === row.created_at ? addedAt(row) : row.updated_at,
  by: row.updated_by,
});

/** The records that people changed or wrote about last, newest first, each once. */
export async function recentlyTouched(most = 8): Promise<Recent[]> {
  const [contacts, companies, deals, notes] = await Promise.all([
    all('contacts'),
    all('companies'),
    all('deals'),
    all('notes'),
  ]);
  const latest = new Map<string, Recent>();
  const touch = (recent: Recent) => {
    const known = latest.get(recent.id);
    if (!known || Date.parse(known.at) < Date.parse(recent.at)) latest.set(recent.id, recent);
  };
  await inPieces(contacts, (row) =>
    touch({ ...changed(row), kind: 'contact', label: contactName(row), href: `/contacts/${row.id}` }),
  );
  await inPieces(companies, (row) =>
    touch({ ...changed(row), kind: 'company', label: row.name, href: `/companies/${row.id}` }),
  );
  await inPieces(deals, (row) =>
    touch({ ...changed(row), kind: 'deal', label: row.name, href: `/deals/${row.id}` }),
  );
  const now = currentStore().now().getTime();
  await inPieces(notes, ({ contact_id, company_id, deal_id, occurred_at, author_id }) => {
    const about = latest.get(contact_id ?? company_id ?? deal_id ?? '');
    // A note dated ahead must not stay on top.
    if (about && Date.parse(occurred_at) <= now) touch({ ...about, at: occurred_at, by: author_id });
  });
  return newestOf([...latest.values()], most);
}

/** The newest first. It keeps only the best, because sorting all would take longer than a frame. */
async function newestOf(all: Recent[], most: number): Promise<Recent[]> {
  const best: { recent: Recent; at: number }[] = [];
  await inPieces(all, (recent) => {
    const at = Date.parse(recent.at);
    const place = best.findIndex((other) => other.at < at);
    if (place < 0 && best.length >= most) return;
    best.splice(place < 0 ? best.length : place, 0, { recent, at });
    best.length = Math.min(best.length, most);
  });
  return best.map(({ recent }) => recent);
}
