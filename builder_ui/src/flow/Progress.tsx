import { useTranslation } from "react-i18next";
import type { InstanceView } from "../api/types";
import { FlowDrawing } from "./FlowDrawing";
import { Timeline } from "./Timeline";

export const PROGRESS_ID = "flow-progress";

/** How far a flow has come: the drawing and what happened. */
export function Progress({ view }: { view: InstanceView }) {
  const { t } = useTranslation();
  const { instance } = view;
  return (
    <section className="surface form-section" id={PROGRESS_ID} tabIndex={-1} aria-label={t("flow.progress")}>
      <h2>{t("flow.progress")}</h2>
      <div className="progress">
        <Timeline view={view} />
        {/* drawn anew when the flow has moved, to show the new position */}
        <FlowDrawing key={view.timeline.at(-1)?.seq} tree={view.tree} status={instance.status} />
      </div>
    </section>
  );
}
