import { Button, Modal } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useBlocker } from "react-router";

interface LeaveGuardProps {
  isUnsaved: () => boolean;
  /** Saves what would be lost; says whether that worked. Absent where there are no drafts. */
  onSave?: () => Promise<boolean>;
}

/** Asks before unsaved changes are left behind, inside the program and when the page is closed. */
export function LeaveGuard({ isUnsaved, onSave }: LeaveGuardProps) {
  const { t } = useTranslation();
  const blocker = useBlocker(({ currentLocation, nextLocation }) => {
    const isElsewhere =
      currentLocation.pathname !== nextLocation.pathname || currentLocation.search !== nextLocation.search;
    return isElsewhere && isUnsaved();
  });
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (isUnsaved()) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isUnsaved]);
  if (blocker.state !== "blocked") return null;
  return (
    <Modal
      open
      title={t("form.leaveTitle")}
      onCancel={() => blocker.reset()}
      footer={
        <div className="row wrap end">
          <Button onClick={() => blocker.reset()}>{t("form.stay")}</Button>
          <Button danger onClick={() => blocker.proceed()}>
            {t("form.leave")}
          </Button>
          {onSave && (
            <Button
              type="primary"
              onClick={() => void onSave().then((isSaved) => (isSaved ? blocker.proceed() : blocker.reset()))}
            >
              {t("form.saveAndLeave")}
            </Button>
          )}
        </div>
      }
    >
      {t("form.leaveHint")}
    </Modal>
  );
}
