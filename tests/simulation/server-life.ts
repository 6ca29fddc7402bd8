import { randomUUID } from 'node:crypto';
import type { Database, Session } from '../db/database';
import type { Random } from './random';

const deletable = ['companies', 'contacts', 'deals', 'notes', 'tasks'];

/** Events at the server while the tablets come and go. */
export class ServerLife {
  #open: { client: Session; steps: number } | undefined;
  #windows = 0;
  /** The protocol that the server speaks; it also serves the previous one. */
  protocol = 1;
  /**
   * A member returned to the team, or is no longer a manager: other people's conflicts may no longer be theirs to read.
   */
  changedAccess = false;

  constructor(
    readonly db: Database,
    readonly random: Random,
  ) {}

  /** Sometimes starts an event; events that are running continue. */
  async step(): Promise<void> {
    const { random } = this;
    if (this.#open && (this.#open.steps -= 1) <= 0) await this.#commit();
    if (this.#windows > 0 && random.chance(0.2)) await this.#closeMaintenance();
    if (random.chance(0.04) && !this.#open) await this.#beginLongTransaction();
    if (random.chance(0.012)) await this.#openMaintenance();
    if (random.chance(0.03)) await this.#changeRole();
    if (random.chance(0.012)) await this.#changeAccess();
    if (random.chance(0.01)) await this.#blankTombstones();
    if (random.chance(0.015)) await this.#deploy();
  }

  /** Ends everything that was started, and lets everyone in. */
  async calmDown(): Promise<void> {
    await this.#commit();
    await this.#closeMaintenance();
    await this.db.query('update public.members set active = true where not active');
  }

  /** Writes a row that stays invisible until the transaction commits, many commits of others later. */
  async #beginLongTransaction(): Promise<void> {
    const client = await this.db.connect();
    await client.query('begin');
    await client.query('insert into public.companies (id, name) values ($1, $2)', [
      randomUUID(),
      'Slow import',
    ]);
    this.#open = { client, steps: 3 + Math.floor(this.random.next() * 25) };
  }

  async #commit(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.client.query('commit');
    open?.client.release();
  }

  async #openMaintenance(): Promise<void> {
    this.#windows += 1;
    await this.db.query(
      `insert into public.maintenance_windows (id, starts_at, ends_at)
       values ($1, now() - interval '1 minute', now() + interval '1 hour')`,
      [randomUUID()],
    );
  }

  async #closeMaintenance(): Promise<void> {
    this.#windows = 0;
    await this.db.query('update public.maintenance_windows set closed_at = now() where closed_at is null');
  }

  /** A new version of the server with the next protocol. */
  async #deploy(): Promise<void> {
    this.protocol += 1;
    await this.db.query(
      `create or replace function private.protocol() returns int
       language sql immutable set search_path = '' as $$ select ${this.protocol} $$`,
    );
  }

  async #changeRole(): Promise<void> {
    this.changedAccess = true;
    const role = this.random.pick(['manager', 'rep', 'rep', 'read_only']);
    await this.#someMember(`update public.members set role = $2 where id = $1 and role <> $2`, role);
  }

  async #changeAccess(): Promise<void> {
    this.changedAccess = true;
    const away = await this.db.query('select id from public.members where not active');
    if (away.length > 0) await this.db.query('update public.members set active = true where not active');
    else await this.#someMember(`update public.members set active = $2 where id = $1`, false);
  }

  async #someMember(sql: string, value: unknown): Promise<void> {
    const members = await this.db.query<{ id: string }>(
      `select id from public.members where email not like 'admin%' and role <> 'admin' order by email`,
    );
    await this.db.query(sql, [this.random.pick(members).id, value]);
  }

  /** A month passes for half of the deleted records, and retention runs. */
  async #blankTombstones(): Promise<void> {
    const client = await this.db.connect();
    try {
      await client.query('begin');
      await client.query('set local session_replication_role = replica');
      for (const entity of deletable)
        await client.query(
          `update public.${entity} set deleted_at = now() - interval '721 hours'
           where deleted_at is not null and blanked_at is null and right(id::text, 1) < '8'`,
        );
      await client.query('set local session_replication_role = origin');
      await client.query('select private.enforce_retention()');
      await client.query('commit');
    } finally {
      client.release();
    }
  }
}
