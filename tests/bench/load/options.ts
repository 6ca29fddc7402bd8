/** What the process that plays the devices is told, as JSON on its standard input. */
export interface Options {
  url: string;
  devices: DeviceOptions[];
  /** Where every device stood when it was last in touch. */
  cursor: string;
  /** How long it lasts, in seconds; 0: every device comes back once, all at the same moment. */
  seconds: number;
  /** Seconds between a device's cycles. */
  every: number;
}

export interface DeviceOptions {
  token: string;
  clientId: string;
  /** The record that this device alone edits. */
  contact: { id: string; version: number; title: string | null };
}

/** What the devices saw, times in milliseconds. */
export interface Seen {
  push: number[];
  pull: number[];
  /** From coming back to being in step. */
  cycle: number[];
  /** Answers that told a device to come again; it did. */
  retries: number;
  /** Devices that gave up, and why. */
  errors: string[];
  edits: number;
  events: number;
  rows: number;
  seconds: number;
}
