// Choosing one or several members: searched by name, account and department.
import { Select } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { usePreferences } from "../app/preferences";
import { labelText } from "../i18n/label";
import { type Directory, useDirectory } from "./directory";
import { MemberAvatar } from "./MemberName";

interface PickerProps {
  id: string;
  label: string;
  isDisabled?: boolean;
  isInvalid?: boolean;
  isRequired?: boolean;
  describedBy?: string | undefined;
  onLeave?: (() => void) | undefined;
}
interface SingleProps extends PickerProps {
  value: string | null;
  onChange: (value: string | null) => void;
}
interface SeveralProps extends PickerProps {
  value: string[];
  onChange: (value: string[]) => void;
}

interface Choice {
  value: string;
  label: string;
  department: string;
  words: string;
}

function useChoices(chosen: string[]): Choice[] {
  const directory = useDirectory();
  const { language } = usePreferences();
  return useMemo(() => {
    const offered = directory.members.filter((member) => member.active || chosen.includes(member.id));
    return offered.map((member) => ({
      value: member.id,
      label: labelText(member.name, language),
      department: directory.departmentOf(member.id),
      words: searchWords(directory, member.id, [
        labelText(member.name, "zh-CN"),
        labelText(member.name, "en"),
        member.account,
      ]),
    }));
  }, [directory, language, chosen]);
}

function searchWords(directory: Directory, id: string, names: string[]): string {
  return [...names, directory.departmentOf(id)].join(" ").toLowerCase();
}

/** Every word that was typed is somewhere in the choice. */
export function matchesWords(typed: string, words: string): boolean {
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word));
}

function useSelectProps(
  { id, label, isDisabled, isInvalid, isRequired, describedBy, onLeave }: PickerProps,
  chosen: string[],
) {
  const { t } = useTranslation();
  return {
    id,
    "aria-label": label,
    "aria-describedby": describedBy,
    "aria-invalid": isInvalid,
    "aria-required": isRequired ?? false,
    onBlur: onLeave,
    disabled: isDisabled ?? false,
    ...(isInvalid ? { status: "error" as const } : {}),
    allowClear: true,
    className: "wide",
    placeholder: t("fields.pickMember"),
    options: useChoices(chosen),
    showSearch: {
      filterOption: (typed: string, option: Choice | undefined) => matchesWords(typed, option?.words ?? ""),
    },
    optionRender: ({ data }: { data: Choice }) => (
      <span className="member-name">
        <MemberAvatar id={data.value} name={data.label} size={22} />
        <span>{data.label}</span>
        <span className="quiet">{data.department}</span>
      </span>
    ),
  };
}

const none: string[] = [];

export function MemberPicker({ value, onChange, ...rest }: SingleProps) {
  const chosen = useMemo(() => (value === null ? none : [value]), [value]);
  const shared = useSelectProps(rest, chosen);
  return <Select<string, Choice> {...shared} value={value} onChange={(next) => onChange(next ?? null)} />;
}

export function MembersPicker({ value, onChange, ...rest }: SeveralProps) {
  const shared = useSelectProps(rest, value);
  return <Select<string[], Choice> {...shared} mode="multiple" value={value} onChange={onChange} />;
}
