import { Sentence } from './sentence.ts';

/** A service that cannot start: what, why, and what to do, in one sentence. */
export class CannotStart extends Sentence {
  static {
    this.prototype.name = 'CannotStart';
  }

  /**
   * @param what the service, capitalized, such as "The local Postgres"
   * @param why a clause that follows "because"
   * @param remedy an instruction, such as "set PORT to another port"
   */
  constructor(what: string, why: string, remedy: string) {
    super(`${what} cannot start because ${why}; ${remedy}.`);
  }
}
