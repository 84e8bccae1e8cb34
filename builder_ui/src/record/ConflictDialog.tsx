// Two people changed the same record: both sides of each field, and which one to keep.
import { Button, Modal, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entity, RecordView, Values } from "../api/types";
import { CellValue } from "../grid/CellValue";
import { useLabel } from "../i18n/label";
import { MemberName } from "../people/MemberName";
import { Failed } from "../ui/states";
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
  /** Why the choice could not be saved. */
  error: unknown;
  onReapply: (values: Values, version: number) => void;
  /** Back to the page with everything that was typed. */
  onBack: () => void;
  onDrop: () => void;
}

export function ConflictDialog({ conflict, ...props }: ConflictDialogProps) {
  const { t } = useTranslation();
  const { mine, keys, theirs } = conflict;
  const { isSending, error, onReapply, onBack, onDrop } = props;
  const [choices, setChoices] = useState<Record<string, Side>>(() =>
    Object.fromEntries(keys.map((key) => [key, "mine" as const])),
  );
  return (
    <Modal
      open
      width={720}
      title={t("record.conflictTitle")}
      mask={{ closable: false }}
      onCancel={onBack}
      footer={
        <div className="row wrap end">
          <Button onClick={onBack}>{t("record.backToEditing")}</Button>
          <Button danger disabled={isSending} onClick={onDrop}>
            {t("record.discardMine")}
          </Button>
          <Button type="primary" loading={isSending} onClick={() => onReapply(resolved(mine, choices), theirs.version)}>
            {t("record.reapply")}
          </Button>
        </div>
      }
    >
      <div className="stack">
        <div className="row wrap quiet">
          <MemberName id={theirs.updated_by} withDepartment />
          {t("record.version", { number: theirs.version })}
        </div>
        <p className="quiet">{t("record.conflictHint")}</p>
        <Clashes
          {...props}
          conflict={conflict}
          choices={choices}
          onChoice={(key, side) => setChoices((before) => ({ ...before, [key]: side }))}
        />
        {error !== null && <Failed error={error} />}
      </div>
    </Modal>
  );
}

interface ClashesProps {
  entity: Entity;
  conflict: Conflict;
  choices: Record<string, Side>;
  onChoice: (key: string, side: Side) => void;
}

function Clashes({ entity, conflict: { mine, keys, theirs }, choices, onChoice }: ClashesProps) {
  return entity.fields
    .filter((field) => keys.includes(field.key))
    .map((field) => (
      <ClashLine
        key={field.key}
        field={field}
        mine={mine[field.key] ?? null}
        theirs={theirs.values[field.key] ?? null}
        side={choices[field.key] ?? "mine"}
        onSide={(side) => onChoice(field.key, side)}
      />
    ));
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
