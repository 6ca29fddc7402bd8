/** A service that cannot start, in one sentence. The person at the terminal reads that sentence and no stack. */
export class CannotStart extends Error {
  override name = 'CannotStart';

  /**
   * @param what the service, with a capital letter, such as "The local Postgres"
   * @param why a clause that goes on after "because"
   * @param remedy what the person can do, such as "set PORT to another port"
   */
  constructor(what: string, why: string, remedy: string) {
    super(`${what} cannot start because ${why}; ${remedy}.`);
    // A test runner prints the stack above or below the sentence, and it says nothing here.
    this.stack = `${this.name}: ${this.message}`;
  }
}
