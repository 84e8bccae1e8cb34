// The organisation as the screens ask it: names, paths of departments, the tree.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useDirectoryAnswer } from "../api/directory";
import type { DirectoryAnswer, DirectoryDepartment, DirectoryMember } from "../api/types";
import { useLabel } from "../i18n/label";

export interface Directory {
  members: DirectoryMember[];
  departments: DirectoryDepartment[];
  /** Not known yet, or not to be had: then names are empty. */
  isPending: boolean;
  problem: unknown;
  refetch: () => void;
  /** Empty for nobody and while names are not known. */
  memberName: (id: string | null | undefined) => string;
  departmentTitle: (id: string | null | undefined) => string;
  /** From the second level down: `Product centre / Development 1`. */
  departmentPath: (id: string | null | undefined) => string;
  /** The department of a member that is shown beside the name. */
  departmentOf: (memberId: string | null | undefined) => string;
}

const nobody: DirectoryAnswer = { members: [], departments: [], roles: [] };

function pathTo(id: string, departments: Map<string, DirectoryDepartment>): DirectoryDepartment[] {
  const path: DirectoryDepartment[] = [];
  let at = departments.get(id);
  while (at !== undefined && !path.includes(at)) {
    path.unshift(at);
    at = at.parent_id === null ? undefined : departments.get(at.parent_id);
  }
  return path;
}

export function useDirectory(): Directory {
  const label = useLabel();
  const { t } = useTranslation();
  const { data, isPending, error, refetch } = useDirectoryAnswer();
  return useMemo(() => {
    const answer = data ?? nobody;
    const members = new Map(answer.members.map((member) => [member.id, member]));
    const departments = new Map(answer.departments.map((department) => [department.id, department]));
    const departmentTitle = (id: string | null | undefined) => label(departments.get(id ?? "")?.title);
    return {
      members: answer.members,
      departments: answer.departments,
      isPending,
      problem: data === undefined ? error : null,
      refetch: () => void refetch(),
      memberName: (id) => {
        const known = members.get(id ?? "");
        if (known !== undefined) return label(known.name);
        return id === null || id === undefined || isPending ? "" : t("people.unknown");
      },
      departmentTitle,
      departmentPath: (id) => {
        const path = pathTo(id ?? "", departments).map((department) => label(department.title));
        return (path.length > 1 ? path.slice(1) : path).join(" / ");
      },
      departmentOf: (memberId) => departmentTitle(members.get(memberId ?? "")?.department_id),
    };
  }, [data, isPending, error, refetch, label, t]);
}
