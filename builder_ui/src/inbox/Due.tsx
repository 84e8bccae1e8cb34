import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useTimes } from "../i18n/times";
import { FieldTimeOutlined } from "../ui/icons";
import { useNow } from "./useNow";

interface DueProps {
  at: string;
  /** When it was done, if it was; otherwise it is late as soon as now is. */
  doneAt?: string;
}

/** Until when something is to be done, and whether that has passed. */
export function Due({ at, doneAt }: DueProps) {
  const { t } = useTranslation();
  const times = useTimes();
  const now = useNow();
  const end = doneAt === undefined ? now : new Date(doneAt).getTime();
  const late = end - new Date(at).getTime();
  return (
    <span className="due row tight wrap">
      <span className="nowrap">
        <FieldTimeOutlined /> {t("inbox.due")} <time dateTime={at}>{times.instant(at)}</time>
      </span>
      {late > 0 && (
        <Tag color="error" className="status-tag">
          {t("inbox.overdue", { time: times.duration(late) })}
        </Tag>
      )}
    </span>
  );
}
