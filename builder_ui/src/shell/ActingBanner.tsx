import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useSwitchPerson } from "../api/session";
import { useSession } from "../app/session";
import { useLabel } from "../i18n/label";
import { useDirectory } from "../people/directory";

/** Says all the time that an admin is acting as somebody else, with the way back. */
export function ActingBanner() {
  const { t } = useTranslation();
  const { member, origin } = useSession();
  const label = useLabel();
  const directory = useDirectory();
  const navigate = useNavigate();
  const change = useSwitchPerson();
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
        <Button
          size="small"
          loading={change.isPending}
          onClick={() => change.mutate(null, { onSuccess: () => void navigate("/") })}
        >
          {t("shell.switchBack", { name: label(origin.name) })}
        </Button>
      }
    />
  );
}
