import type { Attachment } from 'svelte/attachments';

/** Calls back when the element comes into sight: the end of what a long list has drawn so far. */
export function whenSeen(callback: () => void): Attachment {
  return (element) => {
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) callback();
    });
    observer.observe(element);
    return () => observer.disconnect();
  };
}
