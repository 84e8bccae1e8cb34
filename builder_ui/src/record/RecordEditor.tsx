// Changing a record outside of flows: only what differs is sent, with the version that was seen.
import { App, Button } from "antd";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { evaluate } from "../api/forms";
import { type RecordPlace, readRecord, useRefreshRecord, useUpdateRecord } from "../api/records";
import type { Values } from "../api/types";
import { type Entry, useEntry } from "../forms/entry";
import { FormBody, showFirstFault } from "../forms/FormBody";
import { faultsOf } from "../forms/faults";
import { LeaveGuard } from "../forms/LeaveGuard";
import { conditionalKeys } from "../forms/layout";
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

function useRecordEntry({ place, parts }: RecordEditorProps): Entry {
  const { app, id } = place;
  const form = parts.form?.key ?? null;
  const ask = useCallback(
    (values: Values, signal: AbortSignal) => evaluate({ app, form: form ?? "" }, { values, record_id: id }, signal),
    [app, form, id],
  );
  const conditional = useMemo(() => conditionalKeys(parts.form), [parts.form]);
  return useEntry(
    {
      entity: parts.entity,
      rights: parts.writeRights,
      initial: parts.record.values,
      evaluate: form === null ? null : ask,
    },
    conditional,
  );
}

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
  const save = async () => {
    const evaluation = await entry.attempt();
    if (evaluation !== null && evaluation.errors.length > 0) {
      showFirstFault();
      return;
    }
    const before = toWire(parts.entity, parts.writeRights, parts.record.values);
    await send(changedValues(before, entry.wire()), parts.record.version);
  };
  return { save, send, conflict, error, isSending: update.isPending };
}

export function RecordEditor(props: RecordEditorProps) {
  const { t } = useTranslation();
  const { place, parts, onDone } = props;
  const entry = useRecordEntry(props);
  const saving = useSaving(props, entry);
  const refresh = useRefreshRecord(place);
  const { revision } = entry;
  const isUnsaved = useCallback(() => revision > 0, [revision]);
  return (
    <>
      {saving.error !== null && <Failed error={saving.error} onRetry={() => void saving.save()} />}
      <FormBody form={parts.form} entry={entry} />
      <div className="action-bar">
        <Button disabled={saving.isSending} onClick={onDone}>
          {t("common.cancel")}
        </Button>
        <Button type="primary" loading={saving.isSending} onClick={() => void saving.save()}>
          {t("common.save")}
        </Button>
      </div>
      {saving.conflict !== null && (
        <ConflictDialog
          entity={parts.entity}
          conflict={saving.conflict}
          isSending={saving.isSending}
          onReapply={(values, version) => void saving.send(values, version)}
          onDrop={() => void refresh().then(onDone)}
        />
      )}
      <LeaveGuard isUnsaved={isUnsaved} />
    </>
  );
}
