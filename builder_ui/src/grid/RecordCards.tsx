import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Field, RecordView } from "../api/types";
import { useLabel } from "../i18n/label";
import { StatusTag } from "../ui/StatusTag";
import { CellValue } from "./CellValue";
import { valueAt } from "./systemFields";

interface RecordCardsProps {
  records: RecordView[];
  columns: Field[];
  addressOf: (record: RecordView) => string;
}

/** Records on a phone: the title, then the columns of the view line by line. */
export function RecordCards({ records, columns, addressOf }: RecordCardsProps) {
  const { t } = useTranslation();
  const label = useLabel();
  return (
    <ul className="stack">
      {records.map((record) => (
        <li key={record.id}>
          <Link to={addressOf(record)} className="surface card-link">
            <div className="row between">
              <span className="card-title">{record.title || t("inbox.untitled")}</span>
              {record.flow_status !== null && <StatusTag status={record.flow_status} />}
            </div>
            <dl className="facts">
              {columns
                .filter((field) => field.key !== "flow_status" && !isInTitle(record, field))
                .map((field) => (
                  <div key={field.key} className="row between">
                    <dt className="quiet">{label(field.title)}</dt>
                    <dd>
                      <CellValue field={field} value={valueAt(record, field.key)} />
                    </dd>
                  </div>
                ))}
            </dl>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function isInTitle(record: RecordView, field: Field): boolean {
  const value = valueAt(record, field.key);
  return (
    typeof value === "string" && (field.type === "text" || field.type === "serial") && record.title.includes(value)
  );
}
