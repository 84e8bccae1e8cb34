import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useRecord, useRecords } from "../api/records";
import type { Entity, RecordView } from "../api/types";
import { type RowValue, rowsOf } from "../forms/wire";

const EMPTY = "empty";

export interface Chosen {
  /** null: the first one there is. */
  recordId: string | null;
  row: number;
}

interface SampleRecords {
  record: RecordView | null;
  rows: RowValue[];
  options: { value: string; label: string }[];
  /** The one in use. */
  value: string;
  isPending: boolean;
}

/** Records to try a formula on, and the one that is chosen, whole. */
export function useSampleRecords(app: string, entity: Entity, subform: string | null, chosen: Chosen): SampleRecords {
  const { t } = useTranslation();
  const place = { app, entity: entity.key };
  const listed = useRecords(place, { view: "", filter: "", sort: "" });
  const records = listed.data?.pages.flatMap((page) => page.items) ?? [];
  const value = chosen.recordId ?? records[0]?.id ?? EMPTY;
  const detail = useRecord({ ...place, id: value }, { isAsked: value !== EMPTY });
  const record = value === EMPTY ? null : (detail.data?.record ?? null);
  const options = [
    ...records.map((item) => ({ value: item.id, label: item.title || item.id })),
    { value: EMPTY, label: t("formulas.emptyRecord") },
  ];
  const rows = subform === null ? [] : rowsOf(record?.values[subform]);
  return { record, rows, options, value, isPending: listed.isPending || (value !== EMPTY && detail.isPending) };
}

interface SampleChoiceProps {
  found: SampleRecords;
  hasRows: boolean;
  chosen: Chosen;
  onChoose: (next: Chosen) => void;
}

export function SampleChoice({ found, hasRows, chosen, onChoose }: SampleChoiceProps) {
  const { t } = useTranslation();
  return (
    <div className="row wrap">
      <Select
        className="formula-sample"
        aria-label={t("formulas.sample")}
        showSearch={{ optionFilterProp: "label" }}
        loading={found.isPending}
        value={found.isPending && found.options.length === 1 ? null : found.value}
        options={found.options}
        onChange={(recordId) => onChoose({ recordId, row: 0 })}
      />
      {hasRows && found.rows.length > 0 && (
        <Select
          className="formula-sample-row"
          aria-label={t("formulas.row")}
          value={chosen.row}
          options={found.rows.map((_, index) => ({ value: index, label: t("fields.row", { number: index + 1 }) }))}
          onChange={(row) => onChoose({ ...chosen, row })}
        />
      )}
    </div>
  );
}
