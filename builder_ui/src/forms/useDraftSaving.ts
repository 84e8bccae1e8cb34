import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { refreshDrafts } from "../api/drafts";
import type { FormPlace } from "../api/forms";
import { useLatest } from "../ui/useLatest";
import { DraftKeeper, type Kept } from "./DraftKeeper";
import type { Entry } from "./entry";

export interface DraftSaving extends Kept {
  keeper: DraftKeeper;
  /** True while something entered is nowhere but in this page. */
  isUnsaved: () => boolean;
}

/** Keeps what is entered as a draft: by itself a moment after the last change, and on demand. */
export function useDraftSaving(place: FormPlace, draftId: string | null, entry: Entry): DraftSaving {
  const cache = useQueryClient();
  const latest = useLatest(entry);
  const [keeper] = useState(() => new DraftKeeper({ place, draftId, current: () => latest.current.current() }));
  const kept = useSyncExternalStore(keeper.subscribe, keeper.kept);
  const { revision } = entry;
  useEffect(() => {
    if (revision > 0) keeper.saveSoon();
    return () => keeper.rest();
  }, [keeper, revision]);
  const { savedAt } = kept;
  useEffect(() => {
    if (savedAt !== null) void refreshDrafts(cache);
  }, [cache, savedAt]);
  const isUnsaved = () => latest.current.uploads.count > 0 || keeper.isBehind;
  return { ...kept, keeper, isUnsaved };
}
