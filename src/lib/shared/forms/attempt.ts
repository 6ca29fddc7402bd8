import { StoreError } from '$lib/store/errors';
import { toast } from '$lib/ui/toast.svelte';

/**
 * Runs a write that has no form to show a failure in.
 * @returns whether it was stored; if not, the person has seen the reason
 */
export async function attempt(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (cause) {
    if (!(cause instanceof StoreError)) console.error(cause);
    const message =
      cause instanceof StoreError ? cause.message : 'This could not be saved. Nothing was changed.';
    toast.show(message, { tone: 'red' });
    return false;
  }
}
