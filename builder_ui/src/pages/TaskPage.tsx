import { Alert, Button } from "antd";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { evaluate } from "../api/forms";
import { useTask } from "../api/tasks";
import type { TaskView, Values } from "../api/types";
import { DecisionTag } from "../flow/DecisionTag";
import { Progress } from "../flow/Progress";
import { ReturnNotice } from "../flow/ReturnNotice";
import { isReturned } from "../flow/returns";
import { ToProgress } from "../flow/ToProgress";
import { useEntry } from "../forms/entry";
import { FormBody } from "../forms/FormBody";
import { LeaveGuard } from "../forms/LeaveGuard";
import { conditionalKeys } from "../forms/layout";
import { useLocalForm } from "../forms/local/useLocalForm";
import { useLabel } from "../i18n/label";
import { useTimes } from "../i18n/times";
import { Due } from "../inbox/Due";
import { LinksProvider } from "../links/place";
import { MemberName } from "../people/MemberName";
import { ActionBar } from "../record/ActionBar";
import { useDecision } from "../record/useDecision";
import { PageTitle } from "../ui/PageTitle";
import { StatusTag } from "../ui/StatusTag";
import { pendingOrFailed } from "../ui/states";

export default function TaskPage() {
  const { id = "" } = useParams();
  const task = useTask(id);
  // a comment belongs to the task, whatever becomes of the record meanwhile
  const [comment, setComment] = useState("");
  // what was shown once stays when it cannot be fetched again: somebody may be typing
  if (task.data === undefined) return pendingOrFailed(task, 10);
  const view = task.data;
  // what was entered belongs to one state of the task and one version of the record
  return (
    <LinksProvider app={view.flow.instance.app} titles={view.record.links}>
      <TaskDetail
        key={`${view.task.state}-${view.record.version}`}
        view={view}
        comment={comment}
        onComment={setComment}
        onReload={() => void task.refetch()}
      />
    </LinksProvider>
  );
}

function useTaskEntry(view: TaskView) {
  const { app } = view.flow.instance;
  const form = view.form?.key ?? null;
  const isOpen = view.task.state === "open" && view.actions.length > 0;
  const ask = useCallback(
    (values: Values, signal: AbortSignal) =>
      evaluate({ app, form: form ?? "" }, { values, task_id: view.task.id }, signal),
    [app, form, view.task.id],
  );
  const conditional = useMemo(
    () => new Set([...conditionalKeys(view.form)].filter((key) => isBlank(view.record.values[key]))),
    [view.form, view.record],
  );
  const { entity, rights, formulas, failed } = view;
  const local = useLocalForm({ entity, form: view.form, rights, formulas, stored: view.record.values });
  return useEntry(
    { entity, rights, initial: view.record.values, evaluate: isOpen && form !== null ? ask : null, local, failed },
    conditional,
  );
}

function isBlank(value: Values[string] | undefined): boolean {
  return value === undefined || value === null || value === "";
}

interface TaskDetailProps {
  view: TaskView;
  comment: string;
  onComment: (comment: string) => void;
  onReload: () => void;
}

function TaskDetail({ view, comment, onComment, onReload }: TaskDetailProps) {
  const label = useLabel();
  const entry = useTaskEntry(view);
  const { instance } = view.flow;
  const deciding = useDecision(view, entry);
  const isUnsaved = () => !deciding.isDone && view.actions.length > 0 && (entry.isChanged || comment.trim() !== "");
  return (
    <>
      <PageTitle
        title={view.record.title}
        above={`${label(instance.flow_title)} · ${label(view.task.node_title)}`}
        beside={<StatusTag status={instance.status} isReturned={isReturned(view.flow)} />}
      />
      <TaskNotice view={view} />
      <ReturnNotice view={view} />
      <FormBody form={view.form} entry={entry} isLocked={deciding.isBusy && entry.uploads.count === 0} />
      <Progress view={view.flow} />
      {view.actions.length > 0 && (
        <ActionBar
          view={view}
          entry={entry}
          deciding={deciding}
          comment={comment}
          onComment={onComment}
          onReload={onReload}
        />
      )}
      <LeaveGuard isUnsaved={isUnsaved} />
    </>
  );
}

function TaskNotice({ view }: { view: TaskView }) {
  const { t } = useTranslation();
  const times = useTimes();
  const { task } = view;
  const { instance } = view.flow;
  if (task.state === "open" && view.actions.length > 0) {
    return (
      <div className="row wrap quiet">
        <MemberName id={instance.initiator_id} withDepartment />{" "}
        {t("task.startedAt", { at: times.instant(instance.started_at) })}
        {task.due_at !== null && <Due at={task.due_at} />}
        <ToProgress />
      </div>
    );
  }
  const address = `/apps/${instance.app}/entities/${instance.entity}/records/${instance.record_id}`;
  return (
    <Alert
      type="info"
      showIcon
      title={
        <span className="row wrap">
          {task.state === "cancelled" && t("task.cancelled")}
          {task.state === "done" &&
            t("task.done", { at: task.closed_at === null ? "" : times.instant(task.closed_at) })}
          {task.state === "held" && t("task.held")}
          {task.state === "open" && t("task.ofOther")}
          {task.decision !== null && <DecisionTag decision={task.decision} />}
        </span>
      }
      action={
        <span className="row wrap">
          <Link to={address}>
            <Button size="small" tabIndex={-1}>
              {t("task.toRecord")}
            </Button>
          </Link>
          <Link to="/inbox/todo">
            <Button size="small" type="primary" tabIndex={-1}>
              {t("task.toInbox")}
            </Button>
          </Link>
        </span>
      }
    />
  );
}
