import type { Fault } from './fault';
import { lineFaults } from './line-faults';
import { releaseFaults } from './release-faults';
import { storeFaults } from './store-faults';

/** Every fault that can be planted, in the order of docs/faults.md. */
export const faults: Fault[] = [...releaseFaults, ...lineFaults, ...storeFaults].sort(
  (a, b) => a.row - b.row,
);
