/** The browser commands that the tests need, the same for each engine. `Tab` builds everything else on it. */
export interface Driver<Handle = unknown> {
  /** A new tab, in front of the others. */
  newTab(): Promise<DriverTab<Handle>>;
  /** The folder for downloads. */
  readonly downloads: string;
  /** Closes the browser like a person. */
  close(): Promise<void>;
  /** Kills the browser like a crash: no page is told. */
  kill(): Promise<void>;
}

/**
 * One tab. Functions are sent to the page as source text: they may use their arguments and nothing else from outside.
 */
export interface DriverTab<Handle = unknown> {
  /** Starts opening an address and does not wait for it. */
  navigate(url: string): Promise<void>;
  reload(): Promise<void>;
  back(): Promise<void>;
  /** Runs a function in the page and awaits a promise that it returns. */
  run<A extends unknown[], T>(inPage: (...args: A) => T, ...args: A): Promise<Awaited<T>>;
  /** Runs a script's text in the page. */
  load(script: string): Promise<void>;
  /** The element that the function returns, or null. */
  element<A extends unknown[]>(inPage: (...args: A) => Element | null, ...args: A): Promise<Handle | null>;
  click(element: Handle): Promise<void>;
  /** Selects the field's content and types over it. */
  fill(element: Handle, text: string): Promise<void>;
  press(key: 'Escape' | 'Enter'): Promise<void>;
  /** Chooses a file for a file input. */
  upload(element: Handle, path: string): Promise<void>;
  /** Brings the tab to the front; the previous front tab becomes hidden. */
  show(): Promise<void>;
  /** A screenshot of the viewport, as PNG. */
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}

export interface Size {
  width: number;
  height: number;
}
