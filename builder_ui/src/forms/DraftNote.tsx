import { useTranslation } from "react-i18next";
import { useTimes } from "../i18n/times";
import { useErrorText } from "../ui/errorText";
import { CheckOutlined, CloudSyncOutlined, WarningOutlined } from "../ui/icons";
import type { DraftSaving } from "./useDraftSaving";

/** Whether what is typed is safe. */
export function DraftNote({ saving }: { saving: DraftSaving }) {
  const { t } = useTranslation();
  const times = useTimes();
  const errorText = useErrorText();
  if (saving.state === "unchanged") return null;
  return (
    <output className="quiet draft-note">
      {saving.state === "failed" && (
        <>
          <WarningOutlined /> {t("form.draftFailed", { reason: errorText(saving.error).message })}
        </>
      )}
      {(saving.state === "saving" || saving.state === "waiting") && (
        <>
          <CloudSyncOutlined /> {t("form.draftSaving")}
        </>
      )}
      {saving.state === "saved" && (
        <>
          <CheckOutlined /> {t("form.draftSaved", { at: saving.savedAt === null ? "" : times.instant(saving.savedAt) })}
        </>
      )}
    </output>
  );
}
