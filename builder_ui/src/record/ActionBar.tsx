// What the owner of a task may do: look at the faults first, say why, decide.

import { Alert, Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import type { Action, TaskView } from "../api/types";
import type { Entry } from "../forms/entry";
import { AwaitingUploads } from "../forms/FormButtons";
import { useErrorText } from "../ui/errorText";
import { CheckOutlined, CloseOutlined, RollbackOutlined, SendOutlined } from "../ui/icons";
import { Failed } from "../ui/states";
import { ConflictDialog } from "./ConflictDialog";
import { DecisionDialog } from "./DecisionDialog";
import type { Deciding } from "./useDecision";

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
  deciding: Deciding;
  comment: string;
  onComment: (comment: string) => void;
  onReload: () => void;
}

export function ActionBar({ view, entry, deciding, ...props }: ActionBarProps) {
  const { t } = useTranslation();
  const actions = [...view.actions].sort((one, other) => order.indexOf(one.action) - order.indexOf(other.action));
  return (
    <>
      <div className="action-bar" role="toolbar" aria-label={t("task.actions")}>
        {deciding.error !== null && deciding.chosen === null && <Failed error={deciding.error} />}
        {deciding.isBusy && entry.uploads.count > 0 && <AwaitingUploads />}
        {actions.map((action) => {
          const { icon, type, danger } = looks[action.action];
          return (
            <Button
              key={action.action}
              icon={icon}
              type={type}
              danger={danger}
              aria-disabled={deciding.isBusy}
              onClick={() => void deciding.choose(action)}
            >
              {t(`task.do.${action.action}`)}
            </Button>
          );
        })}
      </div>
      <Dialogs {...props} view={view} deciding={deciding} />
    </>
  );
}

function Dialogs({ view, deciding, comment, onComment, onReload }: Omit<ActionBarProps, "entry">) {
  const { chosen, conflict, error, isBusy, back, decide, reapply } = deciding;
  const reload = () => {
    back();
    onReload();
  };
  if (conflict !== null) {
    return (
      <ConflictDialog
        key={conflict.theirs.version}
        entity={view.entity}
        conflict={conflict}
        isSending={isBusy}
        error={error}
        onReapply={(values, version) => void reapply(values, version)}
        onBack={back}
        onDrop={reload}
      />
    );
  }
  if (chosen === null) return null;
  return (
    <DecisionDialog
      action={chosen}
      comment={comment}
      onComment={onComment}
      isSending={isBusy}
      problem={error === null ? null : <ActFailed error={error} onReload={reload} />}
      onDecide={(decision) => void decide(decision)}
      onCancel={back}
    />
  );
}

/** Somebody else was faster, or it did not work: say so, and offer what is true now to whoever is too late. */
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
        isOver && (
          <Button size="small" onClick={onReload}>
            {t("common.reload")}
          </Button>
        )
      }
    />
  );
}
