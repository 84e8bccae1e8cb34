import { Input, Modal, Radio } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Decision, ResumeMode, TaskAction } from "../api/types";
import { useLabel } from "../i18n/label";

interface DecisionDialogProps {
  action: TaskAction;
  comment: string;
  onComment: (comment: string) => void;
  isSending: boolean;
  /** Why the decision did not arrive. */
  problem: ReactNode;
  onDecide: (decision: Decision) => void;
  onCancel: () => void;
}

/** The comment, and for a return where to and how it goes on from there. */
export function DecisionDialog({ action, comment, isSending, problem, ...on }: DecisionDialogProps) {
  const { t } = useTranslation();
  const [to, setTo] = useState(action.targets[0]?.key ?? "");
  const [resume, setResume] = useState<ResumeMode | undefined>(action.resume[0]);
  const label = useLabel();
  const isReturn = action.action === "return";
  const node = action.back_to === null ? "" : label(action.back_to.title);

  const decide = () => {
    const words = comment.trim();
    on.onDecide({
      action: action.action,
      ...(words === "" ? {} : { comment: words }),
      ...(isReturn ? { to, ...(resume === undefined ? {} : { resume }) } : {}),
    });
  };
  return (
    <Modal
      open
      title={t(`task.dialog.${action.action}`)}
      okText={t(`task.do.${action.action}`)}
      okButtonProps={{ danger: action.action === "reject" }}
      confirmLoading={isSending}
      onOk={decide}
      onCancel={on.onCancel}
    >
      <div className="stack">
        {action.effect !== null && <p className="effect">{t(`task.effects.${action.effect}`, { node })}</p>}
        {isReturn && <ReturnChoice action={action} to={to} onTo={setTo} resume={resume} onResume={setResume} />}
        <div>
          <label htmlFor="decision-comment" className="field-label">
            {t("task.comment")}
          </label>
          <Input.TextArea
            id="decision-comment"
            autoSize={{ minRows: 3, maxRows: 8 }}
            maxLength={4000}
            value={comment}
            placeholder={t(`task.commentHint.${action.comment_required ? "required" : action.action}`)}
            onChange={(event) => on.onComment(event.target.value)}
          />
        </div>
        {problem}
      </div>
    </Modal>
  );
}

interface ReturnChoiceProps {
  action: TaskAction;
  to: string;
  onTo: (to: string) => void;
  resume: ResumeMode | undefined;
  onResume: (resume: ResumeMode) => void;
}

function ReturnChoice({ action, to, onTo, resume, onResume }: ReturnChoiceProps) {
  const { t } = useTranslation();
  const label = useLabel();
  return (
    <>
      <div>
        <div className="field-label" id="return-to">
          {t("task.returnTo")}
        </div>
        <Radio.Group
          aria-labelledby="return-to"
          value={to}
          onChange={(event) => onTo(event.target.value)}
          options={action.targets.map((target) => ({ value: target.key, label: label(target.title) }))}
        />
      </div>
      {action.resume.length > 1 && (
        <div>
          <div className="field-label" id="return-resume">
            {t("task.resume")}
          </div>
          <Radio.Group
            aria-labelledby="return-resume"
            className="stack tight"
            value={resume}
            onChange={(event) => onResume(event.target.value)}
            options={action.resume.map((mode) => ({ value: mode, label: t(`task.resumes.${mode}`) }))}
          />
        </div>
      )}
    </>
  );
}
