import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { AuditEntry } from "../api/types";
import { useAudit } from "../api/workspace";
import { useSession } from "../app/session";
import { AuditTarget } from "../audit/AuditTarget";
import { useTimes } from "../i18n/times";
import { useDirectory } from "../people/directory";
import { MemberName } from "../people/MemberName";
import { PageTitle } from "../ui/PageTitle";
import { Nothing, pendingOrFailed } from "../ui/states";

const actions = [
  "application_publish",
  "form_submit",
  "key_create",
  "key_revoke",
  "member_create_admin",
  "record_correct",
  "record_delete",
  "record_purge",
  "record_restore",
  "bin_purge",
  "sample_install",
  "sample_remove",
  "session_link",
  "session_sign_in",
  "session_switch",
  "calendar_delete",
  "calendar_save",
  "workspace_change",
  "task_approve",
  "task_reject",
  "task_return",
  "task_submit",
  "flow_withdraw",
] as const;
type Known = (typeof actions)[number];

function isKnown(action: string): action is Known {
  return (actions as readonly string[]).includes(action);
}

export default function AuditPage() {
  const { t } = useTranslation();
  const { member } = useSession();
  return (
    <>
      <PageTitle title={t("audit.title")} />
      {member.is_admin ? <Trail /> : <Nothing title={t("settings.adminOnly")} />}
    </>
  );
}

function Trail() {
  const { t } = useTranslation();
  const audit = useAudit();
  const waiting = pendingOrFailed(audit, 8);
  if (waiting !== null) return waiting;
  const items = audit.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) return <Nothing title={t("audit.empty")} hint={t("audit.emptyHint")} />;
  return (
    <>
      <ul className="surface audit">
        {items.map((entry) => (
          <Line key={entry.id} entry={entry} />
        ))}
      </ul>
      {audit.hasNextPage && (
        <div className="more">
          <Button loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
            {t("common.loadMore")}
          </Button>
        </div>
      )}
    </>
  );
}

function Line({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const times = useTimes();
  const directory = useDirectory();
  const key = entry.action.replace(/\./g, "_");
  return (
    <li className="audit-line">
      <time className="quiet nowrap" dateTime={entry.at}>
        {times.instant(entry.at)}
      </time>
      <span className="row wrap">
        {entry.actor_id === null ? t("audit.commandLine") : <MemberName id={entry.actor_id} />}
        {entry.origin_id !== null && (
          <span className="quiet">{t("audit.onBehalf", { name: directory.memberName(entry.origin_id) })}</span>
        )}
      </span>
      <span>{isKnown(key) ? t(`audit.actions.${key}`) : entry.action}</span>
      <AuditTarget entry={entry} />
    </li>
  );
}
