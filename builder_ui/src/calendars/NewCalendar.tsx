import { Form, Input, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useSaveCalendar } from "../api/calendars";
import type { CalendarDefinition } from "../api/types";
import { Failed } from "../ui/states";

interface Fields {
  key: string;
  title: string;
  base: "CN" | "none";
}

interface NewCalendarProps {
  known: readonly string[];
  like: CalendarDefinition;
  onDone: () => void;
}

/** A calendar with the hours of the default one. */
export function NewCalendar({ known, like, onDone }: NewCalendarProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const save = useSaveCalendar();
  const [form] = Form.useForm<Fields>();
  const make = ({ key, title, base }: Fields) => {
    const days = { holidays: [], extra_workdays: [], names: {}, loaded_years: [] };
    const definition = { ...like, ...days, title: title.trim(), base: base === "CN" ? ("CN" as const) : null };
    save.mutate({ key, definition }, { onSuccess: () => void navigate(`/settings/calendars/${key}`) });
  };
  return (
    <Modal
      open
      title={t("calendars.create")}
      okText={t("calendars.create")}
      okButtonProps={{ loading: save.isPending }}
      onOk={() => form.submit()}
      onCancel={onDone}
    >
      <Form form={form} layout="vertical" className="spaced-faults" onFinish={make} initialValues={{ base: "CN" }}>
        <Form.Item
          name="title"
          label={t("calendars.name")}
          rules={[{ required: true, whitespace: true, message: t("calendars.nameNeeded") }]}
        >
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item
          name="key"
          label={t("calendars.key")}
          extra={t("calendars.keyHint")}
          rules={[
            { required: true, pattern: /^[a-z][a-z0-9_]{0,62}$/, message: t("calendars.keyForm") },
            {
              validator: (_, key: string) =>
                known.includes(key) ? Promise.reject(new Error(t("calendars.keyTaken"))) : Promise.resolve(),
            },
          ]}
        >
          <Input maxLength={63} autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <Form.Item name="base" label={t("calendars.base")}>
          <Select
            options={[
              { value: "CN", label: t("calendars.baseChina") },
              { value: "none", label: t("calendars.baseNone") },
            ]}
          />
        </Form.Item>
        {save.isError && <Failed error={save.error} />}
      </Form>
    </Modal>
  );
}
