// To what or whom something was done, and what else the trail tells about it.

import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { AuditEntry, Json } from "../api/types";
import { MemberName } from "../people/MemberName";

const targets = ["api_key", "application", "calendar", "flow_instance", "member", "record"] as const;
const details = ["account", "form_key", "member_id", "members", "node_key", "records", "version"] as const;
const settings = ["bin_days", "calendar", "default_calendar", "language", "title", "zone"] as const;

function isOneOf<T extends string>(known: readonly T[], name: string): name is T {
  return (known as readonly string[]).includes(name);
}

export function AuditTarget({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  return (
    <span className="row wrap">
      {isOneOf(targets, entry.target_kind) && (
        <>
          <span className="quiet">{t(`audit.targets.${entry.target_kind}`)}</span>
          <Target entry={entry} />
        </>
      )}
      {details.map((name) => {
        const value = entry.details[name];
        return value === undefined || value === null || value === "" ? null : (
          <span key={name} className="quiet row tight">
            {t(`audit.details.${name}`)} <Detail name={name} value={value} />
          </span>
        );
      })}
    </span>
  );
}

/** A member by name, what has a page as a link to it, anything else by what it is called, or its id. */
function Target({ entry: { target_kind, target_id, details: told } }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  if (target_kind === "member") return <MemberName id={target_id} />;
  const record = target_kind === "record" ? target_id : told["record_id"];
  const title = told["title"] ?? (target_kind === "application" ? told["app"] : undefined);
  if (told["entity"] !== undefined && record) {
    const address = `/apps/${told["app"]}/entities/${told["entity"]}/records/${record}`;
    return <Link to={address}>{String(title || (target_kind === "record" && target_id) || t("inbox.untitled"))}</Link>;
  }
  return <span>{String(title ?? target_id ?? "")}</span>;
}

function Detail({ name, value }: { name: (typeof details)[number]; value: Json }) {
  const { t } = useTranslation();
  if (name === "member_id") return <MemberName id={String(value)} />;
  return <span>{name === "members" ? settingNames(t, String(value)) : String(value)}</span>;
}

/** `language, zone` in words. */
function settingNames(t: TFunction, listed: string): string {
  return listed
    .split(", ")
    .map((name) => (isOneOf(settings, name) ? t(`audit.settings.${name}`) : name))
    .join(", ");
}
