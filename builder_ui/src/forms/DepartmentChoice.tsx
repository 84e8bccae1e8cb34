import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useSession } from "../app/session";
import { useDirectory } from "../people/directory";

interface DepartmentChoiceProps {
  value: string | null;
  onChange: (value: string) => void;
}

/** For whom the form is submitted; only asked of a member of several departments. */
export function DepartmentChoice({ value, onChange }: DepartmentChoiceProps) {
  const { t } = useTranslation();
  const { member } = useSession();
  const directory = useDirectory();
  const own = directory.members.find((candidate) => candidate.id === member.id);
  if (own === undefined || own.departments.length < 2) return null;
  return (
    <div className="surface padded row wrap">
      <label htmlFor="submit-department">{t("form.department")}</label>
      <Select
        id="submit-department"
        className="search"
        value={value ?? own.department_id}
        onChange={(next) => next !== null && onChange(next)}
        options={own.departments.map((id) => ({ value: id, label: directory.departmentPath(id) }))}
      />
    </div>
  );
}
