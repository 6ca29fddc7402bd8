/** The input of the process that plays the devices, as JSON on its standard input. */
export interface Options {
  url: string;
  devices: DeviceOptions[];
  /** The cursor of every device. */
  cursor: string;
  /** The duration in seconds; 0 means that every device reconnects once, all at the same moment. */
  seconds: number;
  /** Seconds between a device's cycles. */
  every: number;
}

export interface DeviceOptions {
  token: string;
  clientId: string;
  /** The record that only this device edits. */
  contact: { id: string; version: number; title: string | null };
}

/** The devices' results; times in milliseconds. */
export interface Seen {
  push: number[];
  pull: number[];
  /** From reconnecting to being in sync. */
  cycle: number[];
  /** Answers that told a device to come back later, which it did. */
  retries: number;
  /** Why devices gave up. */
  errors: string[];
  edits: number;
  events: number;
  rows: number;
  seconds: number;
}
