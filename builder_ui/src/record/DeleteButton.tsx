import { App, Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { type RecordPlace, useDeleteRecord, useRecord } from "../api/records";
import { DeleteOutlined } from "../ui/icons";
import { Failed } from "../ui/states";

/** Shown to whoever may put the record into the recycle bin; asks first. */
export function DeleteButton({ place, version }: { place: RecordPlace; version: number }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const remove = useDeleteRecord(place);
  const [isOpen, setOpen] = useState(false);
  if (useRecord(place).data?.deletable !== true) return null;
  const send = () =>
    remove.mutate(version, {
      onSuccess: () => {
        void message.success(t("record.deleted"));
        void navigate("/", { replace: true });
      },
    });
  return (
    <>
      <Button icon={<DeleteOutlined />} onClick={() => setOpen(true)}>
        {t("common.delete")}
      </Button>
      <Modal
        open={isOpen}
        title={t("record.deleteTitle")}
        okText={t("common.delete")}
        okButtonProps={{ danger: true }}
        confirmLoading={remove.isPending}
        onOk={send}
        onCancel={() => setOpen(false)}
      >
        <div className="stack">
          <span>{t("record.deleteHint")}</span>
          {remove.isError && <Failed error={remove.error} />}
        </div>
      </Modal>
    </>
  );
}
