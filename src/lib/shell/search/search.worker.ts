/// <reference lib="webworker" />
import { CrmDatabase } from '$lib/store/database';
import { Corpus } from './corpus';
import type { Answer, Question } from './searcher.svelte';

declare const self: DedicatedWorkerGlobalScope;

// Searches outside the page, so that no key ever waits for it.
let corpus: Promise<Corpus> | undefined;
const answer = (message: Answer) => self.postMessage(message);

self.onmessage = async ({ data }: MessageEvent<Question>) => {
  try {
    if ('userId' in data) await (corpus = open(data.userId));
    else answer({ text: data.text, hits: (await (await corpus)?.find(data.text)) ?? [] });
  } catch (cause) {
    console.error(cause);
    answer({ failed: true });
  }
};

async function open(userId: string): Promise<Corpus> {
  const db = new CrmDatabase(userId);
  // When the working set leaves the device, the data here must go too.
  db.on('close', () => self.close());
  await db.open();
  const opened = new Corpus(db, () => answer({ changed: true }));
  await opened.open();
  return opened;
}
