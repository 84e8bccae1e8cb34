import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useSession } from "../app/session";
import { useLabel } from "../i18n/label";
import { useDirectory } from "../people/directory";
import { useChangeOfPerson } from "./useChangeOfPerson";

/** Says all the time that an admin is acting as somebody else, with the way back. */
export function ActingBanner() {
  const { t } = useTranslation();
  const { member, origin } = useSession();
  const label = useLabel();
  const directory = useDirectory();
  const { changeTo, isChanging } = useChangeOfPerson("switch-back");
  if (origin === null) return null;
  const department = directory.departmentOf(member.id);
  const name = department === "" ? label(member.name) : `${label(member.name)} · ${department}`;
  return (
    <Alert
      banner
      type="warning"
      className="acting-banner"
      title={t("shell.actingAs", { name })}
      action={
        <Button size="small" loading={isChanging} onClick={() => changeTo(null)}>
          {t("shell.switchBack", { name: label(origin.name) })}
        </Button>
      }
    />
  );
}
