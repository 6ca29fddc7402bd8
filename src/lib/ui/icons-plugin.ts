import type { Plugin } from 'vite';

interface IconData {
  name: string;
  size: number;
  node: [tag: string, attributes: Record<string, string | number>][];
}

/**
 * Turns each Lucide icon into markup that the compiler clones. The package builds an icon from data each time it is
 * shown, and a list of fifty rows has more icons than anything else. It supports `size`, `strokeWidth`, `class` and
 * `aria-label` and no other options of the package.
 */
export function staticIcons(): Plugin {
  return {
    name: 'static-icons',
    enforce: 'pre',
    transform(code, file) {
      if (!/\/@lucide\/svelte\/dist\/icons\/[\w-]+\.svelte$/.test(file)) return null;
      const data = /const iconData = (\{.*\});$/m.exec(code)?.[1];
      if (!data) throw new Error(`${file} is not made as the icons used to be.`);
      return { code: component(JSON.parse(data) as IconData), map: null };
    },
  };
}

function component({ name, size, node }: IconData): string {
  const shapes = node.map(([tag, attributes]) => {
    const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${String(value)}"`);
    return `<${tag}${list.join('')} />`;
  });
  return `<script>
  let { size = ${size}, strokeWidth = 2, class: extra = '', 'aria-label': label } = $props();
</script>
<svg xmlns="http://www.w3.org/2000/svg" width={size} height={size} viewBox="0 0 ${size} ${size}" fill="none"
  stroke="currentColor" stroke-width={strokeWidth} stroke-linecap="round" stroke-linejoin="round"
  class="lucide lucide-${name} {extra}" role={label ? 'img' : undefined} aria-label={label}
  aria-hidden={label ? undefined : 'true'}>${shapes.join('')}</svg>
`;
}
