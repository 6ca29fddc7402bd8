import Icons from 'unplugin-icons/vite';
import type { Plugin } from 'vite';

/** The attributes that the shapes of an icon repeat, although the <svg> around them already has them. */
const REPEATED = [
  ' fill="none"',
  ' stroke="currentColor"',
  ' stroke-linecap="round"',
  ' stroke-linejoin="round"',
  ' stroke-width="2"',
  '<g>',
  '</g>',
];

/**
 * Makes a component of each icon that is imported from `~icons/lucide/…` (`src/icons.d.ts`). Svelte clones its markup. The
 * component that `unplugin-icons` would make by itself copies all its properties to the <svg> each time it is shown, and
 * a list of fifty rows has more icons than anything else.
 */
export const icons = (): Plugin | Plugin[] =>
  Icons({ compiler: { compiler: component, extension: 'svelte' } });

function component(svg: string): string {
  const shapes = REPEATED.reduce(
    (markup, repeated) => markup.replaceAll(repeated, ''),
    svg.slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>')),
  );
  return `<script>
  let { size = 24, strokeWidth = 2, class: classes, 'aria-label': label } = $props();
</script>
<svg xmlns="http://www.w3.org/2000/svg" width={size} height={size} viewBox="0 0 24 24" fill="none"
  stroke="currentColor" stroke-width={strokeWidth} stroke-linecap="round" stroke-linejoin="round"
  class={classes} role={label ? 'img' : undefined} aria-label={label}
  aria-hidden={label ? undefined : 'true'}>${shapes}</svg>
`;
}
