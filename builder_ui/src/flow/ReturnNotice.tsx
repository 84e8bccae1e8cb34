import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import type { TaskView } from "../api/types";
import { useLabel } from "../i18n/label";
import { useTimes } from "../i18n/times";
import { MemberName } from "../people/MemberName";
import { DecisionTag } from "./DecisionTag";
import { whatReturned } from "./returns";

/** Above a task that came back: who sent it back, when, and why. */
export function ReturnNotice({ view }: { view: TaskView }) {
  const { t } = useTranslation();
  const label = useLabel();
  const times = useTimes();
  const cause = whatReturned(view.flow, view.task.node_key);
  if (view.task.state !== "open" || cause === null) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={
        <span className="row wrap">
          {cause.actor_id !== null && <MemberName id={cause.actor_id} withDepartment />}
          {cause.decision !== null && <DecisionTag decision={cause.decision} />}
          <span className="quiet">
            {label(cause.node_title)} · <time dateTime={cause.at}>{times.instant(cause.at)}</time>
          </span>
        </span>
      }
      description={
        <>
          <div>{cause.comment || t("task.noReason")}</div>
          <div className="quiet">{t("task.returnedHint")}</div>
        </>
      }
    />
  );
}
