import { Button, Modal } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Blocker, type Location, useBlocker } from "react-router";
import { Failed } from "../ui/states";
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
  /** Saves what would be lost, or raises why that is not possible. Absent where there are no drafts. */
  onSave?: () => Promise<void>;
}

/** Asks whoever is held back. */
export function LeaveDialog({ blocker, ...props }: LeaveDialogProps) {
  return blocker.state === "blocked" ? <LeaveQuestion {...props} blocker={blocker} /> : null;
}

interface LeaveQuestionProps extends LeaveDialogProps {
  blocker: Blocker & { state: "blocked" };
}

function LeaveQuestion({ blocker, onSave }: LeaveQuestionProps) {
  const { t } = useTranslation();
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async (saveAll: () => Promise<void>) => {
    setError(null);
    setSaving(true);
    await saveAll().then(() => blocker.proceed(), setError);
    setSaving(false);
  };
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
            <Button type="primary" loading={isSaving} onClick={() => void save(onSave)}>
              {t("form.saveAndLeave")}
            </Button>
          )}
        </div>
      }
    >
      <div className="stack">
        {t("form.leaveHint")}
        {error !== null && <Failed error={error} />}
      </div>
    </Modal>
  );
}

/** For pages without drafts. */
export function LeaveGuard({ isUnsaved }: { isUnsaved: () => boolean }) {
  return <LeaveDialog blocker={useLeaveGuard(isUnsaved)} />;
}
