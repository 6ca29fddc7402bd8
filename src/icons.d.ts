declare module '~icons/lucide/*' {
  import type { Component } from 'svelte';
  import type { ClassValue } from 'svelte/elements';

  const icon: Component<{
    /** Width and height in pixels. */
    size?: number | string;
    strokeWidth?: number | string;
    class?: ClassValue;
    /** The meaning of the icon, if no text next to it says so. */
    'aria-label'?: string;
  }>;
  export default icon;
}
