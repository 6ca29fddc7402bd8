import { show, type Table } from './figures';

/** The measurements that the sizing uses, from this machine. */
export interface Model {
  /** Milliseconds of one call: a no-op sync, a push of one edit, a pull of a few changes. */
  noop: number;
  push: number;
  pull: number;
  /** Bytes of a log row, including its share of the indexes. */
  logRow: number;
  /** The number of log rows that retention removes per second. */
  purged: number;
}

/** A person's day with the app open all day. `docs/scaling.md` describes it in words. */
const day = { hours: 8, noops: 1_020, pushes: 260, edits: 60, views: 300 };
/** The ratio of the busiest minute to the median minute. */
const peak = 4;
/** Bytes of a contact on the wire, before compression. */
const wireRow = 480;

/** Names and prices from memory; the page says so. */
const plans: [cores: number, name: string][] = [
  [0.1, 'Pro, Micro'],
  [0.4, 'Pro, Small'],
  [1, 'Pro, Large'],
  [2.5, 'Pro, XL'],
  [5, 'Team, 2XL'],
  [Infinity, 'Team, 4XL, design changed'],
];

/** The load and cost of teams of different sizes, by the model. */
export function sizing({ noop, push, pull, logRow, purged }: Model): Table {
  const rows = [10, 100, 1_000, 10_000].map((users) => {
    const calls = users * (day.noops + 2 * day.pushes);
    const seconds = users * (day.noops * noop + day.pushes * (push + pull)) * 0.001;
    const working = day.hours * 3600;
    const cores = (seconds / working) * peak;
    const logged = users * (day.edits + day.views);
    const egress = users * users * day.edits * wireRow;
    return [
      show(users),
      show((calls / working) * peak, '/s'),
      show(cores),
      show(Math.ceil(cores * 2)),
      show(logged),
      bytes(logged * logRow * 30),
      show(logged / purged, 's'),
      bytes(egress),
      plans.find(([most]) => cores <= most)?.[1] ?? '',
    ];
  });
  return {
    title: '',
    columns: [
      'users',
      'calls at the peak',
      'cores at the peak',
      'busy connections',
      'log rows per day',
      'size of the log',
      'purge per night',
      'changes sent per day',
      'plan',
    ],
    rows,
  };
}

function bytes(value: number): string {
  if (value >= 1e12) return show(value / 1e12, 'TB');
  return value >= 1e9 ? show(value / 1e9, 'GB') : show(value / 1e6, 'MB');
}
