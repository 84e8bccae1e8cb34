// Changing a record outside of flows: only what differs is sent, with the version that was seen.
import { Alert, App, Button, Popconfirm } from "antd";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { evaluate } from "../api/forms";
import { type RecordPlace, readRecord, useRefreshRecord, useUpdateRecord } from "../api/records";
import type { Values } from "../api/types";
import { type Entry, useEntry } from "../forms/entry";
import { FormBody, showFirstFault } from "../forms/FormBody";
import { AwaitingUploads } from "../forms/FormButtons";
import { faultsOf } from "../forms/faults";
import { LeaveGuard } from "../forms/LeaveGuard";
import { conditionalKeys } from "../forms/layout";
import { useLocalForm } from "../forms/local/useLocalForm";
import { Failed } from "../ui/states";
import { type Conflict, ConflictDialog } from "./ConflictDialog";
import { changedValues, clashingKeys, isConflict } from "./changes";
import type { RecordParts } from "./parts";

interface RecordEditorProps {
  place: RecordPlace;
  /** As it was when editing began; what others save meanwhile is found out on saving. */
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
  const { entity, writeRights: rights, record, formulas, failed } = parts;
  const local = useLocalForm({ entity, form: parts.form, rights, formulas, stored: record.values });
  return useEntry(
    { entity, rights, initial: record.values, evaluate: form === null ? null : ask, local, failed },
    conditional,
  );
}

/** Whether the server finds no fault once all files are there. */
async function inOrder(entry: Entry): Promise<boolean> {
  await entry.uploads.settled();
  const evaluation = await entry.attempt();
  return evaluation === null || evaluation.errors.length === 0;
}

function useSaving({ place, parts, onDone }: RecordEditorProps, entry: Entry) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const update = useUpdateRecord(place);
  const refresh = useRefreshRecord(place);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isSending, setSending] = useState(false);

  const store = async (values: Values, version: number): Promise<void> => {
    if (Object.keys(values).length > 0) await update.mutateAsync({ version, values });
    else await refresh();
    void message.success(t("record.saved"));
    onDone();
  };
  const explain = async (failure: unknown, mine: Values): Promise<void> => {
    if (isConflict(failure)) {
      const theirs = (await readRecord(place)).record;
      const keys = clashingKeys(failure, mine, theirs.values);
      if (keys.length === 0) await store(changedValues(theirs.values, mine), theirs.version);
      else setConflict({ mine, keys, theirs });
      return;
    }
    const faults = faultsOf(failure);
    if (faults.length === 0) throw failure;
    setConflict(null);
    entry.refuse(faults);
    showFirstFault();
  };
  const send = async (values: Values, version: number) => {
    setError(null);
    setSending(true);
    await store(values, version)
      .catch((failure: unknown) => explain(failure, values))
      .catch(setError);
    setSending(false);
  };
  const save = async () => {
    setError(null);
    setSending(true);
    const isInOrder = await inOrder(entry).catch(setError);
    setSending(false);
    if (isInOrder) await send(changedValues(entry.wireAtFirst(), entry.current().values), parts.record.version);
    else showFirstFault();
  };
  return { save, send, conflict, back: () => setConflict(null), refresh, error, isSending };
}

interface CancelButtonProps {
  isChanged: boolean;
  isDisabled: boolean;
  onCancel: () => void;
}

/** Asks before it throws away what was typed. */
function CancelButton({ isChanged, isDisabled, onCancel }: CancelButtonProps) {
  const { t } = useTranslation();
  return (
    <Popconfirm
      disabled={!isChanged}
      title={t("form.leaveTitle")}
      description={t("form.leaveHint")}
      okText={t("record.discardMine")}
      cancelText={t("form.stay")}
      onConfirm={onCancel}
    >
      <Button disabled={isDisabled} {...(isChanged ? {} : { onClick: onCancel })}>
        {t("common.cancel")}
      </Button>
    </Popconfirm>
  );
}

/** A record that went through a flow is changed here without anybody being asked again. */
function NoApproval() {
  const { t } = useTranslation();
  return <Alert type="warning" showIcon title={t("record.noApproval")} />;
}

export function RecordEditor(props: RecordEditorProps) {
  const { t } = useTranslation();
  const { parts, onDone } = props;
  const entry = useRecordEntry(props);
  const saving = useSaving(props, entry);
  const { isSending, conflict, error } = saving;
  const isWaiting = isSending && entry.uploads.count > 0;
  return (
    <>
      {parts.record.flow_status !== null && <NoApproval />}
      <FormBody form={parts.form} entry={entry} isLocked={isSending && !isWaiting} />
      <div className="action-bar">
        {isWaiting && <AwaitingUploads />}
        {error !== null && conflict === null && <Failed error={error} />}
        <CancelButton isChanged={entry.isChanged} isDisabled={isSending} onCancel={onDone} />
        <Button type="primary" loading={isSending} onClick={() => void saving.save()}>
          {t("common.save")}
        </Button>
      </div>
      {conflict !== null && (
        <ConflictDialog
          key={conflict.theirs.version}
          entity={parts.entity}
          conflict={conflict}
          isSending={isSending}
          error={error}
          onReapply={(values, version) => void saving.send(values, version)}
          onBack={saving.back}
          onDrop={() => void saving.refresh().then(onDone)}
        />
      )}
      <LeaveGuard isUnsaved={() => entry.isChanged} />
    </>
  );
}
