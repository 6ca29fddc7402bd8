import type { CDPSession, Page } from '@playwright/test';

/** The part that runs inside the page. */
interface Probe {
  /** The durations of the tasks over 50 ms since the last call, in ms. */
  longTasks(): number[];
  /**
   * Sets the text of a field like one key press. Resolves with the ms until `answered` holds and the DOM is up to date.
   */
  typed(input: HTMLInputElement, text: string, answered: () => boolean): Promise<number>;
  /**
   * Waits until the page has not changed for this many ms. Resolves with the time of the last change, in ms since the
   * page was opened.
   */
  quiet(ms: number): Promise<number>;
  /** Scrolls to the end of the list again and again. Resolves with the number of elements of the page. */
  toTheEnd(element: Element, seconds: number): Promise<number>;
  /** Scrolls the scroll container of an element, one step per frame. Resolves with the frames per second. */
  scrolled(element: Element, seconds: number): Promise<number>;
}

declare global {
  interface Window {
    probe: Probe;
  }
}

/** Adds the probe to every document of the page. */
export async function installProbe(page: Page): Promise<void> {
  // The transpiler marks inner functions with a helper that pages do not have.
  await page.addInitScript('globalThis.__name = (each) => each');
  await page.addInitScript(() => {
    const tasks: number[] = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ type: 'longtask', buffered: true });
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const turn = () =>
      new Promise<void>((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve();
        port2.postMessage(null);
      });
    const scrollerOf = (element: Element): Element => {
      let scroller: Element | null = element;
      // A truncated line also has more content than fits, but it does not scroll.
      const scrolls = ({ scrollHeight, clientHeight }: Element, { overflowY }: CSSStyleDeclaration) =>
        scrollHeight > clientHeight + 1 && (overflowY === 'auto' || overflowY === 'scroll');
      while (scroller && !scrolls(scroller, getComputedStyle(scroller))) scroller = scroller.parentElement;
      return scroller ?? document.documentElement;
    };
    let changedAt = 0;
    const watch = new MutationObserver(() => (changedAt = performance.now()));
    watch.observe(document, { childList: true, subtree: true, characterData: true });
    window.probe = {
      longTasks: () => tasks.splice(0),
      async quiet(ms) {
        while (performance.now() - changedAt < ms) await frame();
        return changedAt;
      },
      async typed(input, text, answered) {
        const begun = performance.now();
        input.value = text;
        input.dispatchEvent(new InputEvent('input', { bubbles: true }));
        await turn();
        await new Promise<void>((resolve) => {
          const observer = new MutationObserver(() => check());
          const check = () => {
            if (!answered() && performance.now() - begun < 5_000) return;
            observer.disconnect();
            resolve();
          };
          observer.observe(document, {
            attributes: true,
            childList: true,
            subtree: true,
            characterData: true,
          });
          setTimeout(check, 5_000);
          check();
        });
        return performance.now() - begun;
      },
      async toTheEnd(element, seconds) {
        const target = scrollerOf(element);
        const begun = performance.now();
        while (performance.now() - begun < seconds * 1_000) {
          target.scrollTop = target.scrollHeight;
          await frame();
        }
        return document.querySelectorAll('*').length;
      },
      async scrolled(element, seconds) {
        const target = scrollerOf(element);
        await frame();
        const begun = performance.now();
        let frames = 0;
        while (performance.now() - begun < seconds * 1_000) {
          target.scrollTop += 90;
          await frame();
          frames += 1;
        }
        return (frames / (performance.now() - begun)) * 1_000;
      },
    };
  });
}

/** The MB of JavaScript heap in use after a garbage collection. */
export async function heapMegabytes(session: CDPSession): Promise<{ page: number; workers: number }> {
  const used = new Map<string, number>();
  await session.send('HeapProfiler.collectGarbage');
  const own = await session.send('Runtime.getHeapUsage');
  const workers: string[] = [];
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') workers.push(sessionId);
  });
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  for (const sessionId of workers) {
    const answer = new Promise<void>((resolve) =>
      session.on('Target.receivedMessageFromTarget', ({ sessionId: from, message }) => {
        const { id, result } = JSON.parse(message) as { id: number; result: { usedSize?: number } };
        if (from !== sessionId || id !== 2) return;
        used.set(sessionId, result.usedSize ?? 0);
        resolve();
      }),
    );
    const send = (id: number, method: string) =>
      session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
    await send(1, 'HeapProfiler.collectGarbage');
    await send(2, 'Runtime.getHeapUsage');
    await answer;
  }
  await session.send('Target.setAutoAttach', { autoAttach: false, waitForDebuggerOnStart: false });
  const ofWorkers = [...used.values()].reduce((sum, bytes) => sum + bytes, 0);
  return { page: own.usedSize / 1e6, workers: ofWorkers / 1e6 };
}

/** The 95th percentile. */
export function p95(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
}
