import { Alert, Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useCalendars } from "../api/calendars";
import type { CalendarView } from "../api/types";
import { useSession } from "../app/session";
import { draftOf } from "../calendars/draft";
import { NewCalendar } from "../calendars/NewCalendar";
import { useLabel } from "../i18n/label";
import { PlusOutlined } from "../ui/icons";
import { PageTitle } from "../ui/PageTitle";
import { pendingOrFailed } from "../ui/states";

export default function CalendarsPage() {
  const { t } = useTranslation();
  const { member } = useSession();
  const calendars = useCalendars();
  const [isOpen, setOpen] = useState(false);
  const items = calendars.data?.items ?? [];
  const like = items.find(({ key }) => key === calendars.data?.default);
  return (
    <>
      <PageTitle title={t("calendars.title")} above={<Link to="/settings">{t("settings.title")}</Link>}>
        {member.is_admin && like !== undefined && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen(true)}>
            {t("calendars.create")}
          </Button>
        )}
      </PageTitle>
      <p className="quiet">{t("calendars.intro")}</p>
      {pendingOrFailed(calendars) ?? (
        <ul className="stack">
          {items.map((calendar) => (
            <li key={calendar.key}>
              <CalendarLine calendar={calendar} isDefault={calendar.key === calendars.data?.default} />
            </li>
          ))}
        </ul>
      )}
      {isOpen && like !== undefined && (
        <NewCalendar known={items.map(({ key }) => key)} like={draftOf(like)} onDone={() => setOpen(false)} />
      )}
    </>
  );
}

function CalendarLine({ calendar, isDefault }: { calendar: CalendarView; isDefault: boolean }) {
  const { t } = useTranslation();
  const label = useLabel();
  const hours = calendar.hours.map(({ from, to }) => `${from}–${to}`).join(", ");
  const days = calendar.workdays.map((day) => t(`calendars.weekdays.${day as 1}`)).join(" ");
  return (
    <Link to={`/settings/calendars/${calendar.key}`} className="surface card-link">
      <div className="row wrap">
        <span className="card-title">{label(calendar.title)}</span>
        <code className="quiet">{calendar.key}</code>
        {isDefault && <Tag color="processing">{t("calendars.isDefault")}</Tag>}
        {calendar.base !== null && <Tag>{t("calendars.baseChina")}</Tag>}
      </div>
      <div className="quiet">
        {days} · {hours}
      </div>
      {calendar.unknown_years.map((year) => (
        <Alert key={year} type="warning" showIcon title={t("calendars.unknownYear", { year })} />
      ))}
    </Link>
  );
}
