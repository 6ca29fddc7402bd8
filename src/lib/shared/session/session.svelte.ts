import { liveQuery, type Subscription } from 'dexie';
import type { Member, Role } from '$lib/entities/member';
import { currentStore, setCurrentStore } from '$lib/store/current';
import { openStore, type Store } from '$lib/store/store';
import { isDeviceUser, readDeviceUser, writeDeviceUser } from './device-user';

/** The person who is signed in on this device, and the rights of their role. */
class Session {
  #userId = $state('');
  #email = $state('');
  #member = $state.raw<Member>();
  #watching: Subscription | undefined;

  get userId(): string {
    return this.#userId;
  }
  get email(): string {
    return this.#email;
  }
  /** Their row of the team; undefined until the first sync brings it. */
  get member(): Member | undefined {
    return this.#member;
  }
  get role(): Role | undefined {
    return this.#member?.role;
  }
  /** False only for read-only members. Before the first sync everybody may write, and the server decides. */
  get canWrite(): boolean {
    return this.role !== 'read_only';
  }
  get isManager(): boolean {
    return this.role === 'admin' || this.role === 'manager';
  }
  get isAdmin(): boolean {
    return this.role === 'admin';
  }

  /**
   * Opens the working set of the person on this device, without the network.
   * @returns undefined if nobody is signed in
   * @throws StoreError `storage_unavailable`, `storage_blocked`
   */
  async open(): Promise<Store | undefined> {
    const user = readDeviceUser();
    if (!user) return undefined;
    if (this.#userId === user.user_id) return currentStore();
    this.close();
    const store = await openStore(user.user_id, { stillMine: () => isDeviceUser(user.user_id) });
    setCurrentStore(store);
    this.#userId = user.user_id;
    this.#email = user.email;
    this.#watching = liveQuery(() => store.db.rows('members').get(user.user_id)).subscribe(
      (member) => (this.#member = member),
    );
    this.#member = await store.db.rows('members').get(user.user_id);
    return store;
  }

  /** Closes the working set. The stored data stays. */
  close(): void {
    this.#watching?.unsubscribe();
    const store = this.#userId ? currentStore() : undefined;
    setCurrentStore(undefined);
    this.#userId = '';
    this.#email = '';
    this.#member = undefined;
    store?.db.close();
  }

  /** Forgets who is signed in on this device. */
  forget(): void {
    this.close();
    void import('$lib/ui/kept-typing').then(({ keptTyping }) => keptTyping.forget());
    writeDeviceUser(undefined);
  }
}

export const session = new Session();
