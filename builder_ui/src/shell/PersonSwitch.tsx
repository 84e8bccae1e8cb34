// In a workspace with sample data an admin may act as anyone, to play a whole approval alone.
import { SwapOutlined } from "@ant-design/icons";
import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { MemberPicker } from "../people/MemberPicker";
import { useIsPhone } from "../ui/useIsPhone";
import { useChangeOfPerson } from "./useChangeOfPerson";

export function PersonSwitch() {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const [isOpen, setOpen] = useState(false);

  const { changeTo, isChanging } = useChangeOfPerson();
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
          isDisabled={isChanging}
          onChange={(id) => id !== null && void changeTo(id, () => setOpen(false))}
        />
      </Modal>
    </>
  );
}
