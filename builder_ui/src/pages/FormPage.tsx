import { App } from "antd";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { useDraft } from "../api/drafts";
import { evaluate, type FormPlace, useFormView } from "../api/forms";
import type { Draft, FormView, Submitted, Values } from "../api/types";
import { DepartmentChoice } from "../forms/DepartmentChoice";
import { DraftNote } from "../forms/DraftNote";
import { type Entry, useEntry } from "../forms/entry";
import { FormBody } from "../forms/FormBody";
import { AwaitingUploads, FormButtons, SentBefore } from "../forms/FormButtons";
import { LeaveDialog, useLeaveGuard } from "../forms/LeaveGuard";
import { conditionalKeys } from "../forms/layout";
import { useLocalForm } from "../forms/local/useLocalForm";
import { type DraftSaving, useDraftSaving } from "../forms/useDraftSaving";
import { isSentBefore, useSubmission } from "../forms/useSubmission";
import { useLabel } from "../i18n/label";
import { LinksProvider } from "../links/place";
import { prefilled } from "../links/prefilled";
import { useErrorText } from "../ui/errorText";
import { PageTitle } from "../ui/PageTitle";
import { Failed, pendingOrFailed } from "../ui/states";

export default function FormPage() {
  const { app = "", form = "" } = useParams();
  const [parameters] = useSearchParams();
  const draftId = parameters.get("draft");
  const link = parameters.get("link");
  const address = `${app}/${form}/${draftId}/${link}`;
  const [opened, setOpened] = useState({ address, number: 0, own: "" });
  // another address is another form, unless the open one put the name of its own draft there
  if (opened.address !== address) {
    setOpened({ address, number: opened.own === address ? opened.number : opened.number + 1, own: "" });
  }
  const own = useCallback(
    (saved: string) => setOpened((before) => ({ ...before, own: `${app}/${form}/${saved}/null` })),
    [app, form],
  );
  return <OpenForm key={opened.number} app={app} form={form} draftId={draftId} link={link} onOwnDraft={own} />;
}

interface OpenFormProps {
  app: string;
  form: string;
  draftId: string | null;
  /** What a new record is to link to. */
  link: string | null;
  /** The draft that the open form made is about to stand in the address. */
  onOwnDraft: (draftId: string) => void;
}

function OpenForm({ app, form, draftId, link, onOwnDraft }: OpenFormProps) {
  const place = useMemo(() => ({ app, form }), [app, form]);
  const [openedDraftId] = useState(draftId);
  const [openedLink] = useState(link);
  const view = useFormView(place);
  const draft = useDraft(openedDraftId);
  if (view.data === undefined) return pendingOrFailed(view, 10);
  if (openedDraftId !== null && draft.data === undefined) return pendingOrFailed(draft, 10);
  return (
    <LinksProvider app={app}>
      <FormEditor
        place={place}
        view={view.data}
        draft={draft.data ?? null}
        draftInAddress={draftId}
        link={openedLink}
        onOwnDraft={onOwnDraft}
      />
    </LinksProvider>
  );
}

interface Opened {
  view: FormView;
  draft: Draft | null;
  link: string | null;
}

function useFormEntry(place: FormPlace, { view, draft, link }: Opened, departmentId: string | null) {
  const ask = useCallback(
    (values: Values, signal: AbortSignal) => evaluate(place, { values, department_id: departmentId }, signal),
    [place, departmentId],
  );
  const conditional = useMemo(() => conditionalKeys(view.form), [view.form]);
  const initial = useMemo(
    () => ({ ...view.values, ...prefilled(link, view.entity), ...draft?.values }),
    [view, draft, link],
  );
  const { entity, rights, form, formulas } = view;
  const local = useLocalForm({ entity, form, rights, formulas, stored: null });
  return useEntry({ entity, rights, initial, evaluate: ask, local }, conditional);
}

/** After submission: the record's page, with word of what happened. */
function useArrival(address: (id: string) => string) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { message } = App.useApp();
  return ({ record, instance }: Submitted) => {
    void message.success(
      instance === null ? t("form.savedAs", { title: record.title }) : t("form.submitted", { title: record.title }),
    );
    void navigate(address(record.id), { replace: true });
  };
}

function draftSearch(draftId: string): string {
  return `?draft=${draftId}`;
}

/** Asks before leaving, and puts the draft into the address once there is one: a reload goes on with it. */
function useStaying(saving: DraftSaving, draftInAddress: string | null, onOwnDraft: (id: string) => void) {
  const navigate = useNavigate();
  const { draftId, isUnsaved } = saving;
  const blocker = useLeaveGuard(isUnsaved, (next) => draftId !== null && next.search === draftSearch(draftId));
  const { state } = blocker;
  useEffect(() => {
    // not while the person is asked: going anywhere would answer for him
    if (draftId === null || draftId === draftInAddress || state !== "unblocked") return;
    onOwnDraft(draftId);
    void navigate(draftSearch(draftId), { replace: true });
  }, [draftId, draftInAddress, state, onOwnDraft, navigate]);
  return blocker;
}

/** Saves on demand and says so where the button is pressed: the note beside the title may be out of sight. */
function useDraftAnswer({ keeper }: DraftSaving): () => Promise<void> {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const errorText = useErrorText();
  return async () => {
    if (await keeper.save()) void message.success(t("form.draftKept"));
    else void message.error(t("form.draftFailed", { reason: errorText(keeper.kept().error).message }));
  };
}

interface FormEditorProps {
  place: FormPlace;
  view: FormView;
  draft: Draft | null;
  draftInAddress: string | null;
  link: string | null;
  onOwnDraft: (draftId: string) => void;
}

function FormEditor({ place, view, draft, draftInAddress, link, onOwnDraft }: FormEditorProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const [departmentId, setDepartmentId] = useState<string | null>(null);
  const entry = useFormEntry(place, { view, draft, link }, departmentId);
  const saving = useDraftSaving(place, draft?.id ?? null, entry);
  const submission = useSubmission(place, entry, saving.keeper);
  const blocker = useStaying(saving, draftInAddress, onOwnDraft);
  const address = (id: string) => `/apps/${place.app}/entities/${view.form.entity}/records/${id}`;
  const arrive = useArrival(address);
  const submit = async () => {
    const submitted = await submission.send(departmentId);
    if (submitted !== null) arrive(submitted);
  };
  const saveDraft = useDraftAnswer(saving);
  const { error, isSending, recordId } = submission;
  const keep = async () => {
    await entry.uploads.settled();
    if (!(await saving.keeper.save())) throw saving.keeper.kept().error;
  };
  return (
    <>
      <PageTitle title={label(view.form.title)} beside={<DraftNote saving={saving} />} />
      <FormBody form={view.form} entry={entry} isLocked={isSending && entry.uploads.count === 0} />
      <DepartmentChoice value={departmentId} onChange={setDepartmentId} />
      <FormButtons
        submitText={view.flow === null ? t("common.save") : t("form.submit")}
        isSending={isSending}
        problem={<FormProblem entry={entry} isSending={isSending} error={error} sent={address(recordId)} />}
        onSubmit={() => void submit()}
        onSaveDraft={() => void saveDraft()}
      />
      <LeaveDialog blocker={blocker} onSave={keep} />
    </>
  );
}

interface FormProblemProps {
  entry: Entry;
  isSending: boolean;
  error: unknown;
  /** The address of the record, if it came to be. */
  sent: string;
}

function FormProblem({ entry, isSending, error, sent }: FormProblemProps) {
  if (isSending && entry.uploads.count > 0) return <AwaitingUploads />;
  if (isSentBefore(error)) return <SentBefore address={sent} />;
  if (error !== null) return <Failed error={error} />;
  if (entry.evaluationError === null) return null;
  return <Failed error={entry.evaluationError} onRetry={() => void entry.attempt()} />;
}
