import type { Failure, Reply } from '$lib/remote/reply';
import type { PullRequest, Remote } from '$lib/remote/remote';
import type { PullReply } from '$lib/remote/wire';
import { clientId } from '$lib/store/meta';
import type { Store } from '$lib/store/store';
import { Connection, type CycleListener } from './request-size';
import { pullPosition, storeLastPage, storePage, type PullPosition, lackingFields } from './store-page';
import { forgetFullPull, pendingFullPull, type FullPull } from './full-pull';

/** A first pull begins with a small page, so that the first rows are on the screen at once. */
const firstPageRows = 250;

/**
 * Brings every change since the last complete pull onto the device, and fetches the next page while it stores one.
 * If it is cut off at any point, the next pull continues with the page that was under way.
 */
export async function pull(
  store: Store,
  remote: Remote,
  connection = new Connection(),
  listener?: CycleListener,
): Promise<Failure | undefined> {
  for (;;) {
    const outcome = await (await Pull.from(store, remote, connection, listener)).run();
    if (outcome !== 'overtaken') return outcome;
  }
}

class Pull {
  /**
   * The pull has several pages. All of them show the moment of the first, possibly long ago, without rows that somebody
   * changed since. So nothing is settled by them, and one more pull brings those rows.
   */
  #several: boolean;
  /** Outbox entries that were answered before this pull (or its last part) began, so it is certain to contain them. */
  #acknowledged: number[] = [];

  private constructor(
    private readonly store: Store,
    private readonly remote: Remote,
    private readonly connection: Connection,
    private readonly listener: CycleListener | undefined,
    private readonly client_id: string,
    private readonly position: PullPosition,
    private fullPull: FullPull | undefined,
    private isFullPullNew: boolean,
  ) {
    this.#several = position.page !== null;
  }

  static async from(
    store: Store,
    remote: Remote,
    connection: Connection,
    listener: CycleListener | undefined,
  ): Promise<Pull> {
    const { db } = store;
    const [position, client_id] = await Promise.all([pullPosition(db), clientId(db, store.newId)]);
    const begins = !position.cursor && !position.page;
    // The device asks for everything but holds some rows already: it had everything before, or its first pull was cut
    // off by a server that was restored from a backup. Rows that do not come are gone. Everybody's first page brings
    // members, so they show whether there are any rows.
    const again = begins && (await db.rows('members').count()) > 0;
    const fullPull = begins ? undefined : await pendingFullPull(db);
    return new Pull(
      store,
      remote,
      connection,
      listener,
      client_id,
      position,
      again ? { restored: false } : fullPull,
      again,
    );
  }

  async run(): Promise<Failure | undefined | 'overtaken'> {
    this.#acknowledged = await this.#answered();
    const { cursor, page } = this.position;
    // Another release may have stored fewer fields than this one knows.
    const lacking = cursor && !page ? await lackingFields(this.store.db) : undefined;
    let next = this.#ask(cursor, page, lacking);
    for (;;) {
      const reply = await next;
      if (!reply.ok) return this.#giveUp(reply);
      this.listener?.heard();
      const { body } = reply;
      if (body.reset) this.#beginsAnew();
      if (!body.done) {
        this.#several = true;
        next = this.#ask(cursor, body.page);
        if (!(await storePage(this.store, body, this.position, this.#pullKind()))) return 'overtaken';
      } else if (this.#several) {
        // Rows that somebody changed while the pages were on their way are in none of them. So fetch the changes since
        // then while the last page is stored. Until they are here, settle nothing and delete nothing.
        this.#acknowledged = await this.#answered();
        next = this.#ask(body.cursor, null);
        if (!(await this.#storeLast(body, [], false))) return 'overtaken';
        this.#several = false;
      } else return (await this.#storeLast(body, this.#acknowledged, true)) ? undefined : 'overtaken';
      this.#told(body);
    }
  }

  #answered = (): Promise<number[]> =>
    this.store.db.outbox.where('state').equals('acknowledged').primaryKeys();

  #ask(cursor: string | null, page: string | null, again?: PullRequest['again']): Promise<Reply<PullReply>> {
    const { size } = this.connection.pull;
    const limit = cursor || page ? size : Math.min(size, firstPageRows);
    const { client_id } = this;
    const reply = this.remote.pull({ client_id, cursor, page, limit, ...(again && { again }) });
    return this.connection.pull.measured(reply, (given) => (given.ok ? rowsIn(given.body) : 0));
  }

  /** If the server no longer accepts a page (another epoch), the device must not be stuck for good. */
  async #giveUp(failure: Failure): Promise<Failure> {
    const { db } = this.store;
    if (failure.kind === 'invalid_request')
      await db.transaction('rw', db.meta, async () => {
        await db.meta.bulkDelete(['page', 'cursor']);
        await forgetFullPull(db);
      });
    return failure;
  }

  #beginsAnew(): void {
    this.fullPull = { restored: true };
    this.isFullPullNew = true;
  }

  /** The full pull to store with the next page. Only its first page begins it. */
  #pullKind(): { fullPull: FullPull | undefined; isNew: boolean } {
    const pullKind = { fullPull: this.fullPull, isNew: this.isFullPullNew };
    this.isFullPullNew = false;
    return pullKind;
  }

  #storeLast(body: PullReply, acknowledged: number[], isComplete: boolean): Promise<boolean> {
    return storeLastPage(this.store, body, this.position, { acknowledged, isComplete, ...this.#pullKind() });
  }

  #told(body: PullReply): void {
    this.listener?.stored(rowsIn(body));
  }
}

const rowsIn = ({ changes }: PullReply): number =>
  changes.reduce((sum, change) => sum + change.rows.length, 0);
