// In a workspace with sample data an admin may act as anyone, to play a whole approval alone.
import { SwapOutlined } from "@ant-design/icons";
import { App, Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useSwitchPerson } from "../api/session";
import { MemberPicker } from "../people/MemberPicker";
import { useErrorText } from "../ui/errorText";
import { useIsPhone } from "../ui/useIsPhone";

export function PersonSwitch() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const isPhone = useIsPhone();
  const navigate = useNavigate();
  const change = useSwitchPerson();
  const [isOpen, setOpen] = useState(false);

  const choose = (id: string) =>
    change.mutate(id, {
      onSuccess: () => {
        setOpen(false);
        void navigate("/");
      },
      onError: (error) => void message.error(errorText(error).message),
    });
  return (
    <>
      <Button
        icon={<SwapOutlined />}
        type={isPhone ? "text" : "default"}
        aria-label={t("shell.switchPerson")}
        onClick={() => setOpen(true)}
      >
        {isPhone ? null : t("shell.switchPerson")}
      </Button>
      <Modal title={t("shell.switchTitle")} open={isOpen} onCancel={() => setOpen(false)} footer={null} destroyOnHidden>
        <p className="quiet">{t("shell.switchHint")}</p>
        <MemberPicker
          id="person-switch"
          label={t("shell.switchPerson")}
          value={null}
          isDisabled={change.isPending}
          onChange={(id) => id !== null && choose(id)}
        />
      </Modal>
    </>
  );
}
