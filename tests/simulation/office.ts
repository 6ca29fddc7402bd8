import { vi } from 'vitest';
import type { EntityName, Row } from '$lib/entities/registry';
import { refusal } from '$lib/remote/reply';
import { createRemote } from '$lib/remote/remote';
import { setCurrentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import type { Edit } from '$lib/entities/mutation';
import { all, one } from '$lib/store/read';
import { openStore, type Store } from '$lib/store/store';
import { runCycle } from '$lib/sync/cycle';
import { addMember, createDatabase, type Database } from '../db/database';
import { mutation, rpc, statuses, type Rpc } from '../db/rpc';

/** One record of each kind, as on the admin's device. */
export interface Known {
  me: string;
  company: Row<'companies'>;
  contact: Row<'contacts'>;
  twin: Row<'contacts'>;
  deal: Row<'deals'>;
  lost: Row<'deals'>;
  note: Row<'notes'>;
  task: Row<'tasks'>;
  view: Row<'saved_views'>;
  batch: Row<'import_batches'>;
  window: Row<'maintenance_windows'>;
  colleague: Row<'members'>;
  clash: Row<'conflicts'>;
  deleted: Row<'conflicts'>;
}

const records = [
  'company',
  'contact',
  'twin',
  'gone',
  'deal',
  'lost',
  'note',
  'task',
  'view',
  'batch',
  'window',
] as const;

function inserts(ids: Record<string, string>, store: Store): Edit[] {
  const insert = (entity: string, name: string, values: object) =>
    ({ op: 'insert', entity, id: ids[name], values }) as Edit;
  const { colleague: owner_id, company: company_id, contact: contact_id } = ids;
  return [
    insert('companies', 'company', { name: 'Harbour Foods', owner_id }),
    insert('contacts', 'contact', { first_name: 'Ana', company_id, owner_id }),
    insert('contacts', 'twin', { first_name: 'Ana' }),
    insert('contacts', 'gone', { first_name: 'Leaver' }),
    insert('deals', 'deal', { name: 'Coffee', position: 'a1' }),
    insert('deals', 'lost', { name: 'Tea', stage: 'closed_lost', position: 'a1' }),
    insert('notes', 'note', { body: 'Called', contact_id, occurred_at: store.now().toISOString() }),
    insert('tasks', 'task', { title: 'Call', assignee_id: store.userId, contact_id }),
    insert('saved_views', 'view', { entity: 'contacts', name: 'Mine', query: {} }),
    insert('import_batches', 'batch', { entity: 'contacts', file_name: 'a.csv', row_count: 1 }),
    insert('maintenance_windows', 'window', {
      starts_at: '2099-01-01T00:00:00.000Z',
      ends_at: '2099-01-01T01:00:00.000Z',
    }),
  ];
}

function found<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new Error('It is not on the device.');
  return thing;
}

const row = async <E extends EntityName>(entity: E, id: string): Promise<Row<E>> =>
  found(await one(entity, id));

/** An admin with a device, and the server, whose log records the admin's actions. */
export class Office {
  private constructor(
    readonly db: Database,
    readonly me: string,
    readonly store: Store,
  ) {}

  static async open(): Promise<Office> {
    const db = await createDatabase();
    const me = await addMember(db, 'admin');
    const store = await openStore(me);
    setCurrentStore(store);
    return new Office(db, me, store);
  }

  async close(): Promise<void> {
    setCurrentStore(undefined);
    await this.store.db.delete();
    await this.db.drop();
  }

  /** Calls the server as the admin. */
  readonly call = async (name: string, request: object) => {
    const { status, body } = await rpc(this.db, this.me, name as Rpc, request);
    return status < 300
      ? { ok: true as const, body: JSON.parse(JSON.stringify(body)) as unknown }
      : refusal(status, (body ?? {}) as { code?: unknown });
  };

  async sync(): Promise<void> {
    const { failure } = await runCycle(this.store, createRemote(this.call));
    if (failure) throw new Error(`The sync failed: ${failure.code}`);
  }

  /** The log entries since the last call: "action entity", sorted. */
  async logged(): Promise<string[]> {
    const rows = await this.db.query<{ id: string; line: string }>(
      `select id, action || ' ' || entity_type as line from public.activity_logs where user_id = $1`,
      [this.me],
    );
    const fresh = rows.filter(({ id }) => !this.#told.has(id));
    for (const { id } of fresh) this.#told.add(id);
    return fresh.map(({ line }) => line).sort();
  }
  readonly #told = new Set<string>();

  /** Creates this many colleagues, each with one record of each kind and two conflicts, and syncs. */
  async arrange(times: number): Promise<Known[]> {
    const { store } = this;
    const sets = await Promise.all(
      Array.from({ length: times }, async () => ({
        ...Object.fromEntries(records.map((name) => [name, store.newId()])),
        colleague: await addMember(this.db, 'rep'),
      })),
    );
    const ids = sets as Record<(typeof records)[number] | 'colleague', string>[];
    await mutate(
      store,
      ids.flatMap((set) => inserts(set, store)),
    );
    await this.sync();
    for (const { contact, gone, colleague } of ids)
      await statuses(this.db, colleague, [
        mutation('contacts', 'update', { id: contact, base: { title: null }, patch: { title: 'Chef' } }),
        mutation('contacts', 'delete', { id: gone }),
      ]);
    const late = (id: string): Edit => ({ op: 'update', entity: 'contacts', id, values: { title: 'Owner' } });
    await mutate(
      store,
      ids.flatMap(({ contact, gone }) => [late(contact), late(gone)]),
    );
    await this.sync();
    await this.logged();
    const conflicts = await all('conflicts');
    return Promise.all(
      ids.map(async (set) => ({
        me: this.me,
        company: await row('companies', set.company),
        contact: await row('contacts', set.contact),
        twin: await row('contacts', set.twin),
        deal: await row('deals', set.deal),
        lost: await row('deals', set.lost),
        note: await row('notes', set.note),
        task: await row('tasks', set.task),
        view: await row('saved_views', set.view),
        batch: await row('import_batches', set.batch),
        window: await row('maintenance_windows', set.window),
        colleague: await row('members', set.colleague),
        clash: found(conflicts.find(({ kind, record_id }) => kind === 'field' && record_id === set.contact)),
        deleted: found(conflicts.find(({ kind, record_id }) => kind === 'deleted' && record_id === set.gone)),
      })),
    );
  }

  /** Stores a file where the browser would put a download. */
  static stubDownloads(): void {
    URL.createObjectURL = () => 'blob:made';
    URL.revokeObjectURL = () => undefined;
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  }
}
