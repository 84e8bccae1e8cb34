// Changing a record outside of flows: only what differs is sent, with the version that was seen.
import { App, Button } from "antd";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { type RecordPlace, readRecord, useUpdateRecord } from "../api/records";
import type { Values } from "../api/types";
import { type Entry, useEntry } from "../forms/entry";
import { FormBody, showFirstFault } from "../forms/FormBody";
import { faultsOf } from "../forms/faults";
import { LeaveGuard } from "../forms/LeaveGuard";
import { toWire } from "../forms/wire";
import { Failed } from "../ui/states";
import { type Conflict, ConflictDialog } from "./ConflictDialog";
import { changedValues, clashingKeys, isConflict } from "./changes";
import type { RecordParts } from "./parts";

interface RecordEditorProps {
  place: RecordPlace;
  parts: RecordParts;
  onDone: () => void;
}

const noConditions: ReadonlySet<string> = new Set();

function useSaving({ place, parts, onDone }: RecordEditorProps, entry: Entry) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const update = useUpdateRecord(place);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [error, setError] = useState<unknown>(null);

  const send = async (values: Values, version: number) => {
    setError(null);
    try {
      if (Object.keys(values).length > 0) await update.mutateAsync({ version, values });
      setConflict(null);
      void message.success(t("record.saved"));
      onDone();
    } catch (failure) {
      await explain(failure, values);
    }
  };
  const explain = async (failure: unknown, mine: Values) => {
    const faults = faultsOf(failure);
    if (isConflict(failure)) {
      const theirs = await readRecord(place);
      setConflict({ mine, keys: clashingKeys(failure, mine), theirs: theirs.record });
    } else if (faults.length > 0) {
      setConflict(null);
      entry.refuse(faults);
      showFirstFault();
    } else {
      setError(failure);
    }
  };
  const save = () => {
    const before = toWire(parts.entity, parts.writeRights, parts.record.values);
    void send(changedValues(before, entry.wire()), parts.record.version);
  };
  return { save, send, conflict, error, isSending: update.isPending };
}

export function RecordEditor(props: RecordEditorProps) {
  const { t } = useTranslation();
  const { parts, onDone } = props;
  const entry = useEntry(
    { entity: parts.entity, rights: parts.writeRights, initial: parts.record.values, evaluate: null },
    noConditions,
  );
  const saving = useSaving(props, entry);
  const [isDone, setDone] = useState(false);
  const isUnsaved = useCallback(() => entry.revision > 0 && !isDone, [entry.revision, isDone]);
  return (
    <>
      {saving.error !== null && <Failed error={saving.error} onRetry={saving.save} />}
      <FormBody form={parts.form} entry={entry} />
      <div className="action-bar">
        <Button
          disabled={saving.isSending}
          onClick={() => {
            setDone(true);
            onDone();
          }}
        >
          {t("common.cancel")}
        </Button>
        <Button type="primary" loading={saving.isSending} onClick={saving.save}>
          {t("common.save")}
        </Button>
      </div>
      {saving.conflict !== null && (
        <ConflictDialog
          entity={parts.entity}
          conflict={saving.conflict}
          isSending={saving.isSending}
          onReapply={(values, version) => void saving.send(values, version)}
          onDrop={onDone}
        />
      )}
      <LeaveGuard isUnsaved={isUnsaved} />
    </>
  );
}
