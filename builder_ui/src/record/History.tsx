// Every version of a record: who, when, and which field from what to what.
import { useTranslation } from "react-i18next";
import { type RecordPlace, useHistory } from "../api/records";
import type { Entity, Json, RecordChange } from "../api/types";
import { CellValue } from "../grid/CellValue";
import { useAllFields } from "../grid/systemFields";
import { useLabel } from "../i18n/label";
import { useTimes } from "../i18n/times";
import { LinksProvider } from "../links/place";
import { MemberName } from "../people/MemberName";
import { Nothing, pendingOrFailed } from "../ui/states";

const kinds = [
  "created",
  "submitted",
  "updated",
  "task",
  "flow",
  "recomputed",
  "deleted",
  "restored",
  "reverted",
] as const;
type Kind = (typeof kinds)[number];

function isKnown(kind: string): kind is Kind {
  return (kinds as readonly string[]).includes(kind);
}

export function History({ place, entity }: { place: RecordPlace; entity: Entity }) {
  const { t } = useTranslation();
  const history = useHistory(place);
  const items = history.data?.items ?? [];
  return (
    <section className="surface form-section" aria-label={t("record.history")}>
      <h2>{t("record.history")}</h2>
      {pendingOrFailed(history, 3) ??
        (items.length === 0 ? (
          <Nothing title={t("record.noHistory")} />
        ) : (
          <LinksProvider app={place.app} titles={history.data?.links}>
            <ol className="history">
              {items.map((change) => (
                <Version key={change.version} change={change} entity={entity} />
              ))}
            </ol>
          </LinksProvider>
        ))}
    </section>
  );
}

function Version({ change, entity }: { change: RecordChange; entity: Entity }) {
  const { t } = useTranslation();
  const times = useTimes();
  const count = Object.keys(change.changes).length;
  const isFirst = change.version === 1;
  return (
    <li className="history-entry">
      <div className="row wrap">
        <MemberName id={change.actor_id} withDepartment />
        <span>{t(isKnown(change.kind) ? `record.kinds.${change.kind}` : "record.kinds.other")}</span>
        <time className="quiet" dateTime={change.at}>
          {times.instant(change.at)}
        </time>
        <span className="quiet">{t("record.version", { number: change.version })}</span>
      </div>
      {isFirst ? (
        <details>
          <summary className="quiet">{t("record.filledIn", { count })}</summary>
          <Changes change={change} entity={entity} />
        </details>
      ) : (
        <Changes change={change} entity={entity} />
      )}
    </li>
  );
}

function Changes({ change, entity }: { change: RecordChange; entity: Entity }) {
  const label = useLabel();
  const fields = useAllFields(entity);
  return (
    <dl className="changes">
      {Object.entries(change.changes).map(([key, [from = null, to = null]]) => {
        const field = fields.find((candidate) => candidate.key === key);
        if (field === undefined) return null;
        return (
          <div key={key} className="change">
            <dt>{label(field.title)}</dt>
            <dd className="row wrap">
              {change.version > 1 && <Before field={field} value={from} />}
              <CellValue field={field} value={to} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Before({ field, value }: { field: Entity["fields"][number]; value: Json }) {
  const { t } = useTranslation();
  return (
    <>
      <span className="before">
        <span className="screen-reader">{t("record.from")}</span>
        <CellValue field={field} value={value} />
      </span>
      <span aria-hidden="true">→</span>
      <span className="screen-reader">{t("record.to")}</span>
    </>
  );
}
