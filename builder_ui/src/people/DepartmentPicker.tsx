// Choosing departments from the tree of the organisation.
import { TreeSelect } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { DirectoryDepartment, Label } from "../api/types";
import { useLabel } from "../i18n/label";
import { useDirectory } from "./directory";

export interface DepartmentNode {
  value: string;
  title: string;
  children: DepartmentNode[];
}

/** The tree below `parent`; a department whose parent is unknown stands at the top, so that none is lost. */
export function departmentTree(
  departments: DirectoryDepartment[],
  label: (text: Label) => string,
  parent: string | null = null,
): DepartmentNode[] {
  const known = new Set(departments.map((department) => department.id));
  const isBelow = (department: DirectoryDepartment) =>
    parent === null
      ? department.parent_id === null || !known.has(department.parent_id)
      : department.parent_id === parent;
  return departments.filter(isBelow).map((department) => ({
    value: department.id,
    title: label(department.title),
    children: departmentTree(departments, label, department.id),
  }));
}

interface DepartmentPickerProps {
  id: string;
  label: string;
  value: string[];
  onChange: (value: string[]) => void;
  isMultiple?: boolean;
  isInvalid?: boolean;
  isRequired?: boolean;
  describedBy?: string | undefined;
  onLeave?: (() => void) | undefined;
}

export function DepartmentPicker({ value, onChange, isMultiple = false, ...rest }: DepartmentPickerProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const { departments } = useDirectory();
  const tree = useMemo(() => departmentTree(departments, label), [departments, label]);
  const shown = isMultiple ? value : (value[0] ?? null);
  return (
    <TreeSelect<string | string[] | null>
      id={rest.id}
      aria-label={rest.label}
      aria-invalid={rest.isInvalid}
      aria-required={rest.isRequired === true}
      aria-describedby={rest.describedBy}
      onBlur={rest.onLeave}
      {...(rest.isInvalid === true ? { status: "error" as const } : {})}
      className="wide"
      treeData={tree}
      value={shown}
      multiple={isMultiple}
      allowClear
      treeDefaultExpandAll
      showSearch={{ treeNodeFilterProp: "title" }}
      placeholder={t("fields.pickDepartment")}
      onChange={(next) => onChange(Array.isArray(next) ? next : next ? [next] : [])}
    />
  );
}
