import { Alert, App, Button, Popconfirm, Tag } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { useCalendars, useDeleteCalendar, useSaveCalendar } from "../api/calendars";
import type { CalendarDefinition, CalendarList, CalendarView } from "../api/types";
import { useChangeWorkspace } from "../api/workspace";
import { useSession } from "../app/session";
import { draftOf, NO_TABLE, tableDays } from "../calendars/draft";
import { GeneralPart } from "../calendars/GeneralPart";
import { ImportHolidays } from "../calendars/ImportHolidays";
import { YearView } from "../calendars/YearView";
import { LeaveGuard } from "../forms/LeaveGuard";
import { useLabel } from "../i18n/label";
import { wallTime } from "../i18n/times";
import { useErrorText } from "../ui/errorText";
import { PageTitle } from "../ui/PageTitle";
import { Failed, Nothing, pendingOrFailed } from "../ui/states";

export default function CalendarPage() {
  const { t } = useTranslation();
  const { key = "" } = useParams();
  const { zone } = useSession().workspace;
  // outlives what is stored anew
  const [year, setYear] = useState(() => Number(wallTime(new Date().toISOString(), zone).slice(0, 4)));
  const calendars = useCalendars();
  const waiting = pendingOrFailed(calendars, 8);
  if (waiting !== null || calendars.data === undefined) return waiting;
  const view = calendars.data.items.find((item) => item.key === key);
  if (view === undefined) return <Nothing title={t("calendars.gone")} isPage />;
  return <Calendar key={key} view={view} list={calendars.data} year={year} onYear={setYear} />;
}

function isSame(one: CalendarDefinition, other: CalendarDefinition): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What is being edited. Who has changed nothing follows what others store; what was entered stays, whatever they do. */
function useDraft(view: CalendarView) {
  const [begun, setBegun] = useState(view);
  const [draft, setDraft] = useState(() => draftOf(view));
  const isChanged = !isSame(draft, draftOf(begun));
  const begin = (stored: CalendarView) => {
    setBegun(stored);
    setDraft(draftOf(stored));
  };
  const isBehind = !isSame(draftOf(view), draftOf(begun));
  if (isBehind && (!isChanged || isSame(draft, draftOf(view)))) begin(view);
  /** `sent`: what was stored; what was entered since then is not. */
  const isStored = (stored: CalendarView, sent: CalendarDefinition) => {
    setBegun(stored);
    setDraft((now) => (now === sent ? draftOf(stored) : now));
  };
  return { draft, setDraft, isChanged, isOvertaken: isBehind && isChanged, isStored, reset: () => begin(view) };
}

interface CalendarProps {
  view: CalendarView;
  list: CalendarList;
  year: number;
  onYear: (year: number) => void;
}

function Calendar({ view, list, year, onYear }: CalendarProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const { member } = useSession();
  const { draft, setDraft, isChanged, isOvertaken, isStored, reset } = useDraft(view);
  const table = useMemo(
    () => (draft.base === null ? NO_TABLE : tableDays(list.tables[draft.base])),
    [draft.base, list],
  );
  const isDefault = view.key === list.default;
  return (
    <>
      <PageTitle
        title={label(view.title)}
        above={<Link to="/settings/calendars">{t("calendars.title")}</Link>}
        beside={
          <>
            <code className="quiet">{view.key}</code>
            {isDefault && <Tag color="processing">{t("calendars.isDefault")}</Tag>}
          </>
        }
      >
        {member.is_admin && <Actions view={view} isDefault={isDefault} isChanged={isChanged} onYear={onYear} />}
      </PageTitle>
      <div className="stack roomy">
        {member.is_admin && (
          <section className="surface padded">
            <GeneralPart draft={draft} onChange={setDraft} />
          </section>
        )}
        <section className="surface padded">
          <YearView
            draft={draft}
            table={table}
            year={year}
            onYear={onYear}
            onChange={member.is_admin ? setDraft : null}
          />
        </section>
      </div>
      {isChanged && <SaveBar view={view} draft={draft} isOvertaken={isOvertaken} onReset={reset} onStored={isStored} />}
      <LeaveGuard isUnsaved={() => isChanged} />
    </>
  );
}

interface SaveBarProps {
  view: CalendarView;
  draft: CalendarDefinition;
  /** Somebody else has stored something since the draft was begun. */
  isOvertaken: boolean;
  onReset: () => void;
  onStored: (stored: CalendarView, sent: CalendarDefinition) => void;
}

function SaveBar({ view, draft, isOvertaken, onReset, onStored }: SaveBarProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const save = useSaveCalendar();
  const store = async () => {
    try {
      onStored(await save.mutateAsync({ key: view.key, definition: draft }), draft);
      void message.success(t("common.saved"));
    } catch {
      // shown above the buttons
    }
  };
  return (
    <div className="save-bar surface padded stack">
      {save.isError && <Failed error={save.error} />}
      {isOvertaken && !save.isPending && (
        <Alert type="warning" showIcon role="alert" title={t("calendars.overtaken")} />
      )}
      <div className="row end">
        <span className="quiet stretch">{t("calendars.unsaved")}</span>
        <Button onClick={onReset}>{t("calendars.reset")}</Button>
        <Button type="primary" loading={save.isPending} onClick={() => void store()}>
          {t("common.save")}
        </Button>
      </div>
    </div>
  );
}

interface ActionsProps {
  view: CalendarView;
  isDefault: boolean;
  isChanged: boolean;
  onYear: (year: number) => void;
}

function Actions({ view, isDefault, isChanged, onYear }: ActionsProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const change = useChangeWorkspace();
  const remove = useDeleteCalendar();
  const [isOpen, setOpen] = useState(false);
  const onError = (error: unknown) => void message.error(errorText(error).message);
  return (
    <>
      <Button type="primary" disabled={isChanged} onClick={() => setOpen(true)}>
        {t("calendars.import")}
      </Button>
      {!isDefault && (
        <>
          <Button
            disabled={isChanged}
            loading={change.isPending}
            onClick={() => change.mutate({ default_calendar: view.key }, { onError })}
          >
            {t("calendars.makeDefault")}
          </Button>
          <Popconfirm
            title={t("calendars.deleteAsk")}
            okText={t("calendars.delete")}
            okButtonProps={{ danger: true }}
            onConfirm={() =>
              // the page has nothing to show once the calendar is gone, and is taken away with what it would do then
              remove.mutateAsync(view.key).then(() => navigate("/settings/calendars"), onError)
            }
          >
            <Button danger disabled={isChanged} loading={remove.isPending}>
              {t("calendars.delete")}
            </Button>
          </Popconfirm>
        </>
      )}
      {isOpen && (
        <ImportHolidays
          calendarKey={view.key}
          onDone={() => setOpen(false)}
          onImported={({ years: [first] }) => {
            setOpen(false);
            if (first !== undefined) onYear(first);
          }}
        />
      )}
    </>
  );
}
