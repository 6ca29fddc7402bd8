import { mostCharacters } from './batch';
import { Pace } from './pace';

/** What this page has learned about its connection and its server. It lasts as long as the page. */
export class Line {
  /** How much a push carries, in characters of JSON. */
  readonly push = new Pace({ first: 256_000, least: 1_000, most: mostCharacters, target: 1_000 });
  /** How many rows a page of a pull has. */
  readonly pull = new Pace({ first: 2_000, least: 10, most: 2_000, target: 3_000 });
  /** How many times in a row a push was refused by something other than the app's server. */
  refusals = 0;
}

/** Told of what happens during a cycle. */
export interface CycleListener {
  /** The server has answered, whatever failed before. */
  heard(): void;
  /** This many more rows from the server are stored. */
  stored(rows: number): void;
}
