// Two people changed the same record: both sides of each field, and which one to keep.
import { Modal, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entity, RecordView, Values } from "../api/types";
import { CellValue } from "../grid/CellValue";
import { useLabel } from "../i18n/label";
import { MemberName } from "../people/MemberName";
import { resolved, type Side } from "./changes";

export interface Conflict {
  mine: Values;
  keys: string[];
  theirs: RecordView;
}

interface ConflictDialogProps {
  entity: Entity;
  conflict: Conflict;
  isSending: boolean;
  onReapply: (values: Values, version: number) => void;
  onDrop: () => void;
}

export function ConflictDialog({ entity, conflict, isSending, onReapply, onDrop }: ConflictDialogProps) {
  const { t } = useTranslation();
  const { mine, keys, theirs } = conflict;
  const [choices, setChoices] = useState<Record<string, Side>>(() =>
    Object.fromEntries(keys.map((key) => [key, "mine" as const])),
  );
  const fields = entity.fields.filter((field) => keys.includes(field.key));
  return (
    <Modal
      open
      width={720}
      title={t("record.conflictTitle")}
      okText={t("record.reapply")}
      cancelText={t("record.discardMine")}
      confirmLoading={isSending}
      onOk={() => onReapply(resolved(mine, choices), theirs.version)}
      onCancel={onDrop}
    >
      <div className="stack">
        <div className="row wrap quiet">
          <MemberName id={theirs.updated_by} withDepartment />
          {t("record.version", { number: theirs.version })}
        </div>
        <p className="quiet">{t("record.conflictHint")}</p>
        {fields.map((field) => (
          <ClashLine
            key={field.key}
            field={field}
            mine={mine[field.key] ?? null}
            theirs={theirs.values[field.key] ?? null}
            side={choices[field.key] ?? "mine"}
            onSide={(side) => setChoices((before) => ({ ...before, [field.key]: side }))}
          />
        ))}
      </div>
    </Modal>
  );
}

interface ClashLineProps {
  field: Entity["fields"][number];
  mine: Values[string];
  theirs: Values[string];
  side: Side;
  onSide: (side: Side) => void;
}

function ClashLine({ field, mine, theirs, side, onSide }: ClashLineProps) {
  const { t } = useTranslation();
  const title = useLabel()(field.title);
  const options = [
    { value: "theirs", name: t("record.theirs"), shown: theirs },
    { value: "mine", name: t("record.mine"), shown: mine },
  ] as const;
  return (
    <div className="clash">
      <strong>{title}</strong>
      <Radio.Group
        aria-label={title}
        className="clash-sides"
        value={side}
        onChange={(event) => onSide(event.target.value)}
      >
        {options.map(({ value, name, shown }) => (
          <Radio key={value} value={value} className="clash-side">
            <span className="quiet">{name}</span>
            <div>
              <CellValue field={field} value={shown} />
            </div>
          </Radio>
        ))}
      </Radio.Group>
    </div>
  );
}
