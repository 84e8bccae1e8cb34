// Keeps what is typed as a draft on the server: by itself a moment after the last change, and on demand.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { saveDraft } from "../api/drafts";
import type { FormPlace } from "../api/forms";
import type { Values } from "../api/types";
import { useLatest } from "../ui/useLatest";

const PAUSE = 1500;

export type DraftState = "unchanged" | "waiting" | "saving" | "saved" | "failed";

export interface DraftSaving {
  state: DraftState;
  draftId: string | null;
  savedAt: string | null;
  /** True while something typed is nowhere but in this page. */
  isUnsaved: () => boolean;
  save: () => Promise<boolean>;
  /** After submission there is nothing left to keep. */
  stop: () => void;
}

interface Options {
  place: FormPlace;
  draftId: string | null;
  revision: number;
  wire: () => Values;
}

export function useDraftSaving({ place, draftId, revision, wire }: Options): DraftSaving {
  const cache = useQueryClient();
  const id = useRef(draftId);
  const [knownId, setKnownId] = useState(draftId);
  const isStopped = useRef(false);
  const [state, setState] = useState<DraftState>("unchanged");
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const savedRevision = useRef(0);
  const latest = useLatest({ wire, revision });
  // one at a time, or the first two would each make a draft
  const queue = useRef<Promise<boolean>>(Promise.resolve(true));

  const save = useCallback(() => {
    const once = async (): Promise<boolean> => {
      if (isStopped.current) return true;
      const { wire: values, revision: at } = latest.current;
      setState("saving");
      try {
        const draft = await saveDraft(place, id.current, values());
        id.current = draft.id;
        setKnownId(draft.id);
        setSavedAt(draft.updated_at);
        savedRevision.current = at;
        setState("saved");
        void cache.invalidateQueries({ queryKey: ["drafts"], exact: true });
        return true;
      } catch {
        setState("failed");
        return false;
      }
    };
    queue.current = queue.current.then(once);
    return queue.current;
  }, [cache, place, latest]);

  useEffect(() => {
    if (revision === 0 || isStopped.current) return undefined;
    setState("waiting");
    const timer = setTimeout(() => void save(), PAUSE);
    return () => clearTimeout(timer);
  }, [revision, save]);

  const isUnsaved = useCallback(() => !isStopped.current && latest.current.revision > savedRevision.current, [latest]);
  const stop = useCallback(() => {
    isStopped.current = true;
  }, []);
  return { state, draftId: knownId, savedAt, isUnsaved, save, stop };
}
