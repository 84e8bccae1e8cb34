// What the owner of a task may do: look at the faults first, say why, decide.

import { Alert, App, Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import { useAct } from "../api/tasks";
import type { Action, Decision, TaskAction, TaskView } from "../api/types";
import type { Entry } from "../forms/entry";
import { showFirstFault } from "../forms/FormBody";
import { faultsOf } from "../forms/faults";
import { useErrorText } from "../ui/errorText";
import { CheckOutlined, CloseOutlined, RollbackOutlined, SendOutlined } from "../ui/icons";
import { DecisionDialog } from "./DecisionDialog";

const looks: Record<Action, { icon: ReactNode; type: "primary" | "default"; danger: boolean }> = {
  approve: { icon: <CheckOutlined />, type: "primary", danger: false },
  submit: { icon: <SendOutlined />, type: "primary", danger: false },
  return: { icon: <RollbackOutlined />, type: "default", danger: false },
  reject: { icon: <CloseOutlined />, type: "default", danger: true },
};

/** The one that goes on stands last, next to the edge. */
const order: Action[] = ["reject", "return", "approve", "submit"];

interface ActionBarProps {
  view: TaskView;
  entry: Entry;
  onReload: () => void;
}

export function ActionBar({ view, entry, onReload }: ActionBarProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const act = useAct(view.task.id);
  const [chosen, setChosen] = useState<TaskAction | null>(null);
  const actions = [...view.actions].sort((one, other) => order.indexOf(one.action) - order.indexOf(other.action));

  const choose = async (action: TaskAction) => {
    act.reset();
    const needsAll = action.action === "approve" || action.action === "submit";
    const evaluation = needsAll ? await entry.attempt() : null;
    if (evaluation !== null && evaluation.errors.length > 0) showFirstFault();
    else setChosen(action);
  };
  const decide = (decision: Decision) => {
    const values = entry.revision > 0 ? { values: entry.wire() } : {};
    act.mutate(
      { ...decision, ...values },
      {
        onSuccess: () => void message.success(t(`task.did.${decision.action}`)),
        onError: (error) => {
          setChosen(null);
          const faults = faultsOf(error);
          if (faults.length > 0) {
            entry.refuse(faults);
            showFirstFault();
          }
        },
      },
    );
  };
  return (
    <>
      {act.isError && faultsOf(act.error).length === 0 && <ActFailed error={act.error} onReload={onReload} />}
      <div className="action-bar" role="toolbar" aria-label={t("task.actions")}>
        {actions.map((action) => {
          const { icon, type, danger } = looks[action.action];
          return (
            <Button key={action.action} icon={icon} type={type} danger={danger} onClick={() => void choose(action)}>
              {t(`task.do.${action.action}`)}
            </Button>
          );
        })}
      </div>
      {chosen !== null && (
        <DecisionDialog action={chosen} isSending={act.isPending} onDecide={decide} onCancel={() => setChosen(null)} />
      )}
    </>
  );
}

/** Somebody else was faster, or it did not work: say so and offer what is true now. */
function ActFailed({ error, onReload }: { error: unknown; onReload: () => void }) {
  const { t } = useTranslation();
  const { message, requestId } = useErrorText()(error);
  const isOver = error instanceof ApiError && error.status === 409;
  return (
    <Alert
      type={isOver ? "warning" : "error"}
      showIcon
      role="alert"
      title={message}
      description={requestId === "" ? undefined : t("common.requestId", { id: requestId })}
      action={
        <Button size="small" onClick={onReload}>
          {t("common.reload")}
        </Button>
      }
    />
  );
}
