import { Avatar, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useDirectory } from "./directory";

const COLOURS = ["#2454d6", "#0f766e", "#9a3412", "#6d28d9", "#9d174d", "#3f6212"];

/** The letters on an avatar: the given name of a Chinese name, initials of another. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  if (words.length > 1)
    return words
      .slice(0, 2)
      .map((word) => word.charAt(0).toUpperCase())
      .join("");
  return /[\u4e00-\u9fff]/.test(name) ? name.slice(-1) : name.slice(0, 2);
}

function colourOf(id: string): string {
  let sum = 0;
  for (const letter of id) sum += letter.charCodeAt(0);
  return COLOURS[sum % COLOURS.length] ?? "#2454d6";
}

export function MemberAvatar({ id, name, size = 24 }: { id: string; name: string; size?: number }) {
  return (
    <Avatar size={size} style={{ backgroundColor: colourOf(id), color: "#fff", flex: "none" }} aria-hidden="true">
      {initials(name)}
    </Avatar>
  );
}

/** A member by name with avatar; with `department` also where he works. Nobody did what the system does by itself. */
export function MemberName({ id, withDepartment = false }: { id: string | null; withDepartment?: boolean }) {
  const { t } = useTranslation();
  const directory = useDirectory();
  if (id !== null && directory.isPending) return <Skeleton.Input active size="small" className="member-pending" />;
  const name = id === null ? t("common.system") : directory.memberName(id);
  return (
    <span className="member-name">
      <MemberAvatar id={id ?? ""} name={name} size={22} />
      <span>{name}</span>
      {withDepartment && <span className="quiet">{directory.departmentOf(id)}</span>}
    </span>
  );
}
