import { Alert, App, Button, Form, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useCalendars } from "../api/calendars";
import type { Language } from "../api/types";
import { useChangeWorkspace } from "../api/workspace";
import { useSession } from "../app/session";
import { LeaveGuard } from "../forms/LeaveGuard";
import { useLabel } from "../i18n/label";
import { PageTitle } from "../ui/PageTitle";
import { Failed, Nothing } from "../ui/states";

const zones = Intl.supportedValuesOf("timeZone").map((zone) => ({ value: zone, label: zone }));

interface Fields {
  title: string;
  zone: string;
  language: Language;
  bin_days: number;
}

export default function SettingsPage() {
  const { t } = useTranslation();
  const { member } = useSession();
  return (
    <>
      <PageTitle title={t("settings.title")} />
      {member.is_admin ? <SettingsForm /> : <Nothing title={t("settings.adminOnly")} />}
      <CalendarsLink />
    </>
  );
}

/** Stores what was entered; `isChanged` until that worked. */
function useSaving() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const change = useChangeWorkspace();
  const [isChanged, setChanged] = useState(false);
  const onSuccess = () => {
    setChanged(false);
    void message.success(t("common.saved"));
  };
  const save = ({ title, zone, language, bin_days }: Fields) =>
    change.mutate(
      {
        title: title.trim(),
        zone,
        language,
        bin_days,
      },
      { onSuccess },
    );
  return { change, save, isChanged, setChanged };
}

function SettingsForm() {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const { change, save, isChanged, setChanged } = useSaving();
  return (
    <div className="surface padded narrow">
      <Form<Fields>
        layout="vertical"
        className="spaced-faults"
        onFinish={save}
        onValuesChange={() => setChanged(true)}
        initialValues={{
          title: workspace.title,
          zone: workspace.zone,
          language: workspace.language,
          bin_days: workspace.bin_days,
        }}
      >
        <GeneralFields />
        <div className="stack">
          {change.isError && <Failed error={change.error} />}
          <div>
            <Button type="primary" htmlType="submit" loading={change.isPending}>
              {t("common.save")}
            </Button>
          </div>
        </div>
      </Form>
      <LeaveGuard isUnsaved={() => isChanged} />
    </div>
  );
}

function GeneralFields() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item
        name="title"
        label={t("settings.name")}
        rules={[{ required: true, whitespace: true, message: t("settings.nameNeeded") }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="zone" label={t("settings.zone")} extra={t("settings.zoneHint")}>
        <Select showSearch options={zones} />
      </Form.Item>
      <Form.Item name="language" label={t("settings.language")} extra={t("settings.languageHint")}>
        <Select
          options={[
            { value: "zh-CN", label: "简体中文" },
            { value: "en", label: "English" },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="bin_days"
        label={t("settings.binDays")}
        extra={t("settings.binDaysHint")}
        rules={[{ required: true, message: t("settings.binDaysNeeded") }]}
      >
        <InputNumber min={1} max={3650} precision={0} />
      </Form.Item>
    </>
  );
}

/** The way to the working calendars; says whose holidays are missing. */
function CalendarsLink() {
  const { t } = useTranslation();
  const label = useLabel();
  const calendars = useCalendars();
  const missing = (calendars.data?.items ?? []).filter(({ unknown_years }) => unknown_years.length > 0);
  return (
    <div className="narrow">
      <Link to="/settings/calendars" className="surface card-link">
        <span className="card-title">{t("settings.calendar")}</span>
        <span className="quiet">{t("settings.calendarHint")}</span>
        {missing.map(({ key, title, unknown_years }) => (
          <Alert
            key={key}
            type="warning"
            showIcon
            title={`${label(title)}: ${t("calendars.unknownYear", { year: unknown_years.join(", ") })}`}
          />
        ))}
      </Link>
    </div>
  );
}
