import { stageLabels, type Deal, type Stage } from '$lib/entities/deal';
import { addNote } from '$lib/shared/notes/mutations';
import { attempt } from '$lib/shared/forms/attempt';
import { keepLostReason, moveDeal, type Place } from '$lib/shared/pipeline/move';

/** A move that was just made and can still be undone or remarked on. */
export interface Move {
  readonly deal: Deal;
  readonly stage: Stage;
  /** Undefined if the page was reloaded since. */
  readonly undo?: () => Promise<void>;
}

/** The moves on one page. The newest stays visible for a while, with a field for a remark. */
export class Moves {
  #last = $state.raw<Move>();
  /** The remark that is typed about the newest move. */
  remark = $state('');
  /** The deal whose card gets the focus when it appears at its new place. */
  focus: string | undefined;

  get last(): Move | undefined {
    return this.#last;
  }

  /** Moves a deal at once. A remark that was typed about the move before is saved. */
  async move(deal: Deal, stage: Stage, place?: Place): Promise<void> {
    await attempt(async () => {
      await this.keepRemark();
      const undo = await moveDeal(deal, stage, place);
      this.#last = stage === deal.stage ? undefined : { deal, stage, undo };
    });
  }

  /** Shows a move again if its remark was being typed when the page ended. */
  resume(deal: Deal): void {
    this.#last ??= { deal, stage: deal.stage };
  }

  async undo(): Promise<void> {
    const move = this.#last;
    this.dismiss();
    if (move?.undo) await attempt(move.undo);
  }

  /** Stores the remark: for a lost deal as its reason, otherwise as a note. */
  async keepRemark(): Promise<void> {
    const move = this.#last;
    const text = this.remark.trim();
    if (move && text) {
      if (move.stage === 'closed_lost') await keepLostReason(move.deal.id, text);
      else
        await addNote(
          { deal_id: move.deal.id },
          { kind: 'note', body: `${stageLabels[move.stage]}: ${text}` },
        );
    }
    this.dismiss();
  }

  dismiss(): void {
    this.#last = undefined;
    this.remark = '';
  }
}
