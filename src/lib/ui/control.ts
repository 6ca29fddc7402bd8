/** The classes that every text control shares. */
export const controlLook =
  'w-full min-h-control rounded-control border border-edge bg-surface px-3 text-body text-ink transition-colors ' +
  'hover:border-ink/60 focus-visible:outline-offset-0 aria-invalid:border-red disabled:bg-sunken disabled:text-muted';
