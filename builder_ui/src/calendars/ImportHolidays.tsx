import { App, Button, Input, Modal } from "antd";
import { type ChangeEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useImportHolidays } from "../api/calendars";
import type { HolidaysUpload } from "../api/types";
import { FileTextOutlined } from "../ui/icons";
import { Failed } from "../ui/states";

interface ImportHolidaysProps {
  calendarKey: string;
  onDone: () => void;
  onImported: (upload: HolidaysUpload) => void;
}

/** The next year's holidays: the official notice pasted, or a file. */
export function ImportHolidays({ calendarKey, onDone, onImported }: ImportHolidaysProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const upload = useImportHolidays(calendarKey);
  const [text, setText] = useState("");
  const picker = useRef<HTMLInputElement>(null);
  const read = async (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    event.target.value = "";
    if (file !== undefined) setText(await file.text());
  };
  const send = async () => {
    try {
      const found = await upload.mutateAsync(text);
      const counts = { years: found.years.join(", "), off: found.days_off, work: found.extra_workdays };
      void message.success(t("calendars.imported", counts));
      onImported(found);
    } catch {
      // shown below the text
    }
  };
  return (
    <Modal
      open
      title={t("calendars.import")}
      okText={t("calendars.importNow")}
      okButtonProps={{ disabled: text.trim() === "", loading: upload.isPending }}
      onOk={() => void send()}
      onCancel={onDone}
    >
      <div className="stack">
        <p className="quiet">{t("calendars.importHint")}</p>
        <Input.TextArea
          aria-label={t("calendars.importText")}
          placeholder={t("calendars.importPlaceholder")}
          value={text}
          onChange={(event) => setText(event.target.value)}
          autoSize={{ minRows: 8, maxRows: 14 }}
        />
        <div>
          <input
            ref={picker}
            type="file"
            accept=".ics,.csv,.json,.txt,text/*"
            hidden
            aria-label={t("calendars.importFile")}
            onChange={(event) => void read(event)}
          />
          <Button icon={<FileTextOutlined />} onClick={() => picker.current?.click()}>
            {t("calendars.importFile")}
          </Button>
        </div>
        {upload.isError && <Failed error={upload.error} />}
      </div>
    </Modal>
  );
}
