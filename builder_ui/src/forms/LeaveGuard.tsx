import { Button, Modal } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { type Blocker, type Location, useBlocker } from "react-router";
import { useLatest } from "../ui/useLatest";

type IsHere = (next: Location) => boolean;

/** Holds the person back while there is something unsaved, inside the program and when the page is closed. */
export function useLeaveGuard(isUnsaved: () => boolean, isHere: IsHere = () => false): Blocker {
  const asked = useLatest(isUnsaved);
  const blocker = useBlocker(({ currentLocation, nextLocation }) => {
    const isElsewhere =
      currentLocation.pathname !== nextLocation.pathname || currentLocation.search !== nextLocation.search;
    return isElsewhere && !isHere(nextLocation) && isUnsaved();
  });
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (asked.current()) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [asked]);
  return blocker;
}

interface LeaveDialogProps {
  blocker: Blocker;
  /** Saves what would be lost; says whether that worked. Absent where there are no drafts. */
  onSave?: () => Promise<boolean>;
}

/** Asks whoever is held back. */
export function LeaveDialog({ blocker, onSave }: LeaveDialogProps) {
  const { t } = useTranslation();
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

/** For pages without drafts. */
export function LeaveGuard({ isUnsaved }: { isUnsaved: () => boolean }) {
  return <LeaveDialog blocker={useLeaveGuard(isUnsaved)} />;
}
