/** What the tests need of a browser, in the same words for each engine. `Tab` builds everything else on it. */
export interface Driver<Handle = unknown> {
  /** A new tab, in front of the others. */
  newTab(): Promise<DriverTab<Handle>>;
  /** Where downloads are put. */
  readonly downloads: string;
  /** Ends as a person ends it. */
  close(): Promise<void>;
  /** Ends as a crash would: no page hears of it. */
  kill(): Promise<void>;
}

/** One tab. A function for the page is sent as its source: it may use its arguments and nothing from around it. */
export interface DriverTab<Handle = unknown> {
  /** Begins to open an address and does not wait for it. */
  navigate(url: string): Promise<void>;
  reload(): Promise<void>;
  back(): Promise<void>;
  /** Runs a function in the page; awaits a promise that it returns. */
  run<A extends unknown[], T>(inPage: (...args: A) => T, ...args: A): Promise<Awaited<T>>;
  /** Runs a script's text in the page. */
  load(script: string): Promise<void>;
  /** The element that the function returns, or null. */
  element<A extends unknown[]>(inPage: (...args: A) => Element | null, ...args: A): Promise<Handle | null>;
  click(element: Handle): Promise<void>;
  /** Selects what the field has, and types over it. */
  fill(element: Handle, text: string): Promise<void>;
  press(key: 'Escape' | 'Enter'): Promise<void>;
  /** Chooses a file for a file input. */
  upload(element: Handle, path: string): Promise<void>;
  /** Brings the tab to the front; the one that was there becomes hidden. */
  show(): Promise<void>;
  /** A picture of what is in view, as PNG. */
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}

export interface Size {
  width: number;
  height: number;
}
