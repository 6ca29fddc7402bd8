import { createHash } from 'node:crypto';

/**
 * The app's next releases, made from the build: every file has another name, as after a real build, the app speaks
 * another protocol, and its database has version 3, whose upgrade marks every queued change as migrated.
 */
export class NextRelease {
  constructor(
    readonly number: number,
    readonly protocol: number,
  ) {}

  get #folder(): string {
    return `_app/immutable-${this.number}`;
  }

  /**
   * The path in the build of the file that this release serves at `path`; undefined for files of the previous release.
   */
  source(path: string): string | undefined {
    if (path.startsWith('/_app/immutable/')) return undefined;
    return path.replace(this.#folder, '_app/immutable');
  }

  /** A text of the build, as it is in this release. */
  rewrite(text: string): string {
    return withHashes(
      text
        .replaceAll('_app/immutable', this.#folder)
        .replaceAll(/revision":"/g, `$&${this.number}`)
        .replaceAll('protocol:1', `protocol:${this.protocol}`)
        .replace(
          /this\.version\(1\)\.stores\(\{[^)]*outbox[^)]*\}\)/,
          '$&,this.version(3).stores({}).upgrade(t=>t.table("outbox").toCollection().modify(e=>{' +
            'if(e.state==="pending"&&e.patch.title)e.patch.title+=", migrated"}))',
        ),
      text,
    );
  }
}

const scripts = (page: string) =>
  [...page.matchAll(/<script>([^]*?)<\/script>/g)].map(([, script]) => script ?? '');
const hashOf = (script: string) => createHash('sha256').update(script).digest('base64');

/** The page's policy names its scripts by hash. */
function withHashes(text: string, before: string): string {
  const old = scripts(before).map(hashOf);
  return scripts(text)
    .map(hashOf)
    .reduce((page, hash, index) => page.replace(`'sha256-${old[index]}'`, `'sha256-${hash}'`), text);
}
