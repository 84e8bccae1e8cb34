// From the pressed action to the decision that the server has: files first, then faults, the comment, and conflicts.
import { App } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readTask, useAct } from "../api/tasks";
import type { Decision, TaskAction, TaskView, Values } from "../api/types";
import type { Entry } from "../forms/entry";
import { showFirstFault } from "../forms/FormBody";
import { faultsOf } from "../forms/faults";
import type { Conflict } from "./ConflictDialog";
import { changedValues, clashingKeys, isConflict } from "./changes";

/** What was decided when somebody else's edit got in between. */
export interface DecisionConflict extends Conflict {
  decision: Decision;
}

export interface Deciding {
  /** The action whose dialog is open. */
  chosen: TaskAction | null;
  conflict: DecisionConflict | null;
  error: unknown;
  isBusy: boolean;
  /** Nothing of this page is to be kept any more. */
  isDone: boolean;
  choose: (action: TaskAction) => Promise<void>;
  /** Back to the page; what was typed stays. */
  back: () => void;
  decide: (decision: Decision) => Promise<void>;
  /** Decide with what was chosen of both sides. */
  reapply: (values: Values, version: number) => Promise<void>;
}

/** Whether all that was entered is there and in order. */
async function isInOrder(entry: Entry, action: TaskAction): Promise<boolean> {
  await entry.uploads.settled();
  const needsAll = action.action === "approve" || action.action === "submit";
  const evaluation = needsAll ? await entry.attempt() : null;
  return evaluation === null || evaluation.errors.length === 0;
}

/** Sends a decision with the fields that were changed, and the version of the record that was seen. */
function useSending(view: TaskView, entry: Entry) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { mutateAsync: act } = useAct(view.task.id);
  const [conflict, setConflict] = useState<DecisionConflict | null>(null);
  const [isDone, setDone] = useState(false);

  const store = async (decision: Decision, values: Values, version: number): Promise<void> => {
    const written = Object.keys(values).length === 0 ? {} : { values, version };
    await act({ ...decision, ...written });
    setConflict(null);
    setDone(true);
    void message.success(t(`task.did.${decision.action}`));
  };
  /** Throws what is no matter of fields. */
  const explain = async (failure: unknown, decision: Decision, mine: Values): Promise<void> => {
    if (isConflict(failure)) {
      const theirs = (await readTask(view.task.id)).record;
      const keys = clashingKeys(failure, mine, theirs.values);
      if (keys.length === 0) await store(decision, changedValues(theirs.values, mine), theirs.version);
      else setConflict({ decision, mine, keys, theirs });
      return;
    }
    const faults = faultsOf(failure);
    if (faults.length === 0) throw failure;
    setConflict(null);
    entry.refuse(faults);
    showFirstFault();
  };
  const send = (decision: Decision, values: Values, version: number) =>
    store(decision, values, version).catch((failure: unknown) => explain(failure, decision, values));
  return { conflict, isDone, send, drop: () => setConflict(null) };
}

export function useDecision(view: TaskView, entry: Entry): Deciding {
  const { conflict, isDone, send, drop } = useSending(view, entry);
  const [chosen, setChosen] = useState<TaskAction | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);

  const busily = async (work: () => Promise<void>) => {
    setError(null);
    setBusy(true);
    await work().catch(setError);
    setBusy(false);
  };
  const choose = async (action: TaskAction) => {
    // not disabled meanwhile: the button that was pressed keeps the focus
    if (isBusy) return;
    await busily(async () => {
      if (await isInOrder(entry, action)) setChosen(action);
      else showFirstFault();
    });
  };
  const decide = (decision: Decision) =>
    busily(async () => {
      await send(decision, changedValues(entry.wireAtFirst(), entry.current().values), view.record.version);
      setChosen(null);
    });
  const reapply = (values: Values, version: number) =>
    busily(async () => {
      if (conflict !== null) await send(conflict.decision, values, version);
    });
  const back = () => {
    setChosen(null);
    setError(null);
    drop();
  };
  return { chosen, conflict, error, isBusy, isDone, choose, back, decide, reapply };
}
