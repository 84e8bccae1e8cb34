import { App, Button, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type RecordPlace, useRecordInstances } from "../api/records";
import { useInstance, useWithdraw } from "../api/tasks";
import { RollbackOutlined } from "../ui/icons";
import { Failed } from "../ui/states";

/** Shown while the flow that runs for the record may be taken back by who asks. */
export function WithdrawButton({ place }: { place: RecordPlace }) {
  const running = useRecordInstances(place).data?.items.find((item) => item.status === "running");
  return running === undefined ? null : <WithdrawOf instanceId={running.id} />;
}

function WithdrawOf({ instanceId }: { instanceId: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const instance = useInstance(instanceId);
  const withdraw = useWithdraw(instanceId);
  const [isOpen, setOpen] = useState(false);
  const [comment, setComment] = useState("");
  if (instance.data?.can_withdraw !== true) return null;
  const send = () =>
    withdraw.mutate(comment.trim(), {
      onSuccess: () => {
        setOpen(false);
        void message.success(t("record.withdrawn"));
      },
    });
  return (
    <>
      <Button icon={<RollbackOutlined />} onClick={() => setOpen(true)}>
        {t("record.withdraw")}
      </Button>
      <Modal
        open={isOpen}
        title={t("record.withdrawTitle")}
        okText={t("record.withdraw")}
        okButtonProps={{ danger: true }}
        confirmLoading={withdraw.isPending}
        onOk={send}
        onCancel={() => setOpen(false)}
      >
        <div className="stack">
          <span>{t("record.withdrawHint")}</span>
          {withdraw.isError && <Failed error={withdraw.error} />}
          <Input.TextArea
            aria-label={t("task.comment")}
            placeholder={t("task.comment")}
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={4000}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
        </div>
      </Modal>
    </>
  );
}
