import { App, Button, Checkbox, Form, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Language } from "../api/types";
import { useChangeWorkspace } from "../api/workspace";
import { useSession } from "../app/session";
import { LeaveGuard } from "../forms/LeaveGuard";
import { DaysPicker } from "../ui/DaysPicker";
import { PageTitle } from "../ui/PageTitle";
import { Failed, Nothing } from "../ui/states";

const DAY = "YYYY-MM-DD";
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
const zones = Intl.supportedValuesOf("timeZone").map((zone) => ({ value: zone, label: zone }));

interface Fields {
  title: string;
  zone: string;
  language: Language;
  workdays: number[];
  holidays: Dayjs[] | null;
  extra_workdays: Dayjs[] | null;
}

function toDays(texts: readonly string[]): Dayjs[] {
  return texts.map((text) => dayjs(text, DAY));
}

function toTexts(days: Dayjs[] | null): string[] {
  return (days ?? []).map((day) => day.format(DAY)).sort();
}

export default function SettingsPage() {
  const { t } = useTranslation();
  const { member } = useSession();
  return (
    <>
      <PageTitle title={t("settings.title")} />
      {member.is_admin ? <SettingsForm /> : <Nothing title={t("settings.adminOnly")} />}
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
  const save = ({ title, zone, language, ...calendar }: Fields) =>
    change.mutate(
      {
        title: title.trim(),
        zone,
        language,
        calendar: {
          workdays: [...calendar.workdays].sort(),
          holidays: toTexts(calendar.holidays),
          extra_workdays: toTexts(calendar.extra_workdays),
        },
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
          workdays: workspace.calendar.workdays,
          holidays: toDays(workspace.calendar.holidays ?? []),
          extra_workdays: toDays(workspace.calendar.extra_workdays ?? []),
        }}
      >
        <GeneralFields />
        <h2 className="form-heading">{t("settings.calendar")}</h2>
        <CalendarFields />
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
    </>
  );
}

function CalendarFields() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="workdays" label={t("settings.workdays")}>
        <Checkbox.Group options={weekdays.map((day) => ({ value: day, label: t(`settings.weekdays.${day}`) }))} />
      </Form.Item>
      <Form.Item name="holidays" label={t("settings.holidays")}>
        <DaysPicker label={t("settings.holidays")} format={DAY} placeholder={t("fields.pickDate")} />
      </Form.Item>
      <Form.Item name="extra_workdays" label={t("settings.extraWorkdays")}>
        <DaysPicker label={t("settings.extraWorkdays")} format={DAY} placeholder={t("fields.pickDate")} />
      </Form.Item>
    </>
  );
}
