// Keeps what is typed as a draft on the server: one save after the other, none while the form is being sent.
import { ApiError } from "../api/client";
import { discardDraft, saveDraft } from "../api/drafts";
import type { FormPlace } from "../api/forms";
import type { Draft, Values } from "../api/types";

export const PAUSE = 1500;

export interface Kept {
  state: "unchanged" | "waiting" | "saving" | "saved" | "failed";
  draftId: string | null;
  savedAt: string | null;
  error: unknown;
}

export interface Keeping {
  place: FormPlace;
  draftId: string | null;
  /** What is typed at this moment; the revision counts changes. */
  current: () => { revision: number; values: Values };
}

export class DraftKeeper {
  readonly #keeping: Keeping;
  readonly #listeners = new Set<() => void>();
  #kept: Kept;
  #savedRevision = 0;
  #isHalted = false;
  #isDone = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  // one at a time, or the first two would each make a draft
  #queue: Promise<boolean> = Promise.resolve(true);

  constructor(keeping: Keeping) {
    this.#keeping = keeping;
    this.#kept = { state: "unchanged", draftId: keeping.draftId, savedAt: null, error: null };
  }

  /** What there is to tell; the same object until that changes. */
  readonly kept = (): Kept => this.#kept;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Whether something typed is nowhere but in the page. */
  get isBehind(): boolean {
    return !this.#isDone && this.#keeping.current().revision > this.#savedRevision;
  }

  /** Save when nothing more was typed for a moment. */
  saveSoon(): void {
    this.rest();
    if (this.#isHalted || !this.isBehind) return;
    this.#show({ state: "waiting" });
    this.#timer = setTimeout(() => void this.save(), PAUSE);
  }

  /** Save now; whether that worked. */
  save(): Promise<boolean> {
    this.rest();
    this.#queue = this.#queue.then(() => (this.#isHalted ? true : this.#saveOnce()));
    return this.#queue;
  }

  /** Drop what waits to be saved, as when the page is left. */
  rest(): void {
    clearTimeout(this.#timer);
  }

  /** The form is being sent: nothing is saved, and the draft stays as it is in the answer. */
  async pause(): Promise<string | null> {
    this.rest();
    await this.#queue;
    this.#isHalted = true;
    if (this.#kept.state === "waiting") this.#show({ state: "unchanged" });
    return this.#kept.draftId;
  }

  /** The form was not sent: what is typed is kept again. */
  resume(): void {
    this.#isHalted = false;
    this.saveSoon();
  }

  /** The form was sent, and with it `sentDraftId`; a draft that was made after an earlier attempt goes too. */
  finish(sentDraftId: string | null): void {
    this.#isDone = true;
    const { draftId } = this.#kept;
    if (draftId !== null && draftId !== sentDraftId) discardDraft(draftId).catch(() => undefined);
  }

  #show(news: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...news };
    for (const listener of this.#listeners) listener();
  }

  async #saveOnce(): Promise<boolean> {
    const { values, revision } = this.#keeping.current();
    this.#show({ state: "saving" });
    try {
      const draft = await this.#store(values);
      this.#savedRevision = revision;
      this.#show({ state: "saved", draftId: draft.id, savedAt: draft.updated_at, error: null });
      return true;
    } catch (error) {
      this.#show({ state: "failed", error });
      return false;
    }
  }

  /** A draft that is gone, deleted or submitted elsewhere, is made anew: what is typed here does not go with it. */
  async #store(values: Values): Promise<Draft> {
    const { place } = this.#keeping;
    const { draftId } = this.#kept;
    try {
      return await saveDraft(place, draftId, values);
    } catch (error) {
      if (draftId === null || !(error instanceof ApiError) || error.code !== "draft_not_found") throw error;
      return saveDraft(place, null, values);
    }
  }
}
