import type { Attachment } from 'svelte/attachments';

/** Calls back when the element becomes visible. It marks the end of the drawn part of a long list. */
export function whenSeen(callback: () => void): Attachment {
  return (element) => {
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) callback();
    });
    observer.observe(element);
    return () => observer.disconnect();
  };
}
