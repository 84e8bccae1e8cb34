import { App } from "antd";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { useDraft } from "../api/drafts";
import { evaluate, type FormPlace, useFormView } from "../api/forms";
import type { Draft, FormView, Submitted, Values } from "../api/types";
import { DepartmentChoice } from "../forms/DepartmentChoice";
import { DraftNote } from "../forms/DraftNote";
import { useEntry } from "../forms/entry";
import { FormBody } from "../forms/FormBody";
import { FormButtons } from "../forms/FormButtons";
import { LeaveGuard } from "../forms/LeaveGuard";
import { conditionalKeys } from "../forms/layout";
import { useDraftSaving } from "../forms/useDraftSaving";
import { useSubmission } from "../forms/useSubmission";
import { useLabel } from "../i18n/label";
import { PageTitle } from "../ui/PageTitle";
import { Failed, pendingOrFailed } from "../ui/states";

export default function FormPage() {
  const { app = "", form = "" } = useParams();
  const [parameters] = useSearchParams();
  const draft = parameters.get("draft");
  return <OpenForm key={`${app}/${form}/${draft}`} app={app} form={form} draftId={draft} />;
}

function OpenForm({ app, form, draftId }: { app: string; form: string; draftId: string | null }) {
  const place = useMemo(() => ({ app, form }), [app, form]);
  const view = useFormView(place);
  const draft = useDraft(draftId);
  const waiting = pendingOrFailed(view, 10) ?? (draftId === null ? null : pendingOrFailed(draft, 10));
  if (waiting !== null || view.data === undefined) return waiting;
  return <FormEditor place={place} view={view.data} draft={draft.data ?? null} />;
}

function useFormEntry(place: FormPlace, view: FormView, draft: Draft | null) {
  const ask = useCallback((values: Values, signal: AbortSignal) => evaluate(place, { values }, signal), [place]);
  const conditional = useMemo(() => conditionalKeys(view.form), [view.form]);
  const initial = useMemo(() => ({ ...view.values, ...draft?.values }), [view.values, draft]);
  return useEntry({ entity: view.entity, rights: view.rights, initial, evaluate: ask }, conditional);
}

/** After submission: the record's page, with word of what happened. */
function useArrival(place: FormPlace, view: FormView) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { message } = App.useApp();
  return (submitted: Submitted) => {
    const { record, instance } = submitted;
    void message.success(
      instance === null ? t("form.savedAs", { title: record.title }) : t("form.submitted", { title: record.title }),
    );
    void navigate(`/apps/${place.app}/entities/${view.form.entity}/records/${record.id}`, { replace: true });
  };
}

function FormEditor({ place, view, draft }: { place: FormPlace; view: FormView; draft: Draft | null }) {
  const { t } = useTranslation();
  const label = useLabel();
  const entry = useFormEntry(place, view, draft);
  const saving = useDraftSaving({ place, draftId: draft?.id ?? null, revision: entry.revision, wire: entry.wire });
  const submission = useSubmission(place, entry);
  const arrive = useArrival(place, view);
  const [departmentId, setDepartmentId] = useState<string | null>(null);

  const submit = async () => {
    const submitted = await submission.send({ draftId: saving.draftId, departmentId });
    if (submitted === null) return;
    saving.stop();
    arrive(submitted);
  };
  return (
    <>
      <PageTitle title={label(view.form.title)} beside={<DraftNote saving={saving} />} />
      {submission.error !== null && <Failed error={submission.error} onRetry={() => void submit()} />}
      {entry.evaluationError !== null && <Failed error={entry.evaluationError} onRetry={() => void entry.attempt()} />}
      <FormBody form={view.form} entry={entry} />
      <DepartmentChoice value={departmentId} onChange={setDepartmentId} />
      <FormButtons
        submitText={view.flow === null ? t("common.save") : t("form.submit")}
        isSending={submission.isSending}
        onSubmit={() => void submit()}
        onSaveDraft={() => void saving.save()}
      />
      <LeaveGuard isUnsaved={saving.isUnsaved} onSave={saving.save} />
    </>
  );
}
