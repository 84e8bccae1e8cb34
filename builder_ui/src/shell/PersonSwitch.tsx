// In a workspace with sample data an admin may act as anyone, to play a whole approval alone.

import { Button, Modal } from "antd";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { MemberPicker } from "../people/MemberPicker";
import { SwapOutlined } from "../ui/icons";
import { useIsPhone } from "../ui/useIsPhone";
import { useChangeOfPerson } from "./useChangeOfPerson";

export function PersonSwitch() {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const [isOpen, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  const { changeTo, isChanging } = useChangeOfPerson("switch-person", close);

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
      <Modal title={t("shell.switchTitle")} open={isOpen} onCancel={close} footer={null} destroyOnHidden>
        <p className="quiet">{t("shell.switchHint")}</p>
        <MemberPicker
          id="person-switch"
          label={t("shell.switchPerson")}
          value={null}
          isDisabled={isChanging}
          onChange={(id) => id !== null && changeTo(id)}
        />
      </Modal>
    </>
  );
}
