import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppDetail, ColumnField, Entity, Field } from "../api/types";
import { useSession } from "../app/session";
import { reasonOf } from "../fields/failures";
import { FieldShow } from "../fields/registry";
import { workCalendars } from "../formula/calendars";
import { LinksProvider } from "../links/place";
import { useDirectory } from "../people/directory";
import { type Linked, NOTHING_LINKED, useLinked } from "./linked";
import { evaluateOn, type Outcome } from "./live";
import { type Chosen, SampleChoice, useSampleRecords } from "./SampleChoice";
import { columnAt, type Found, findAt, type Sample } from "./sample";
import type { CheckState } from "./useFormulaCheck";
import type { Known } from "./vocabulary";

interface LiveResultProps {
  app: AppDetail;
  entity: Entity;
  subform: string | null;
  /** The field whose value the formula is, if any: its result is shown as that field shows it. */
  target: Field | ColumnField | null;
  check: CheckState;
  fields: ReadonlyMap<string, Known>;
}

const NO_PATHS: readonly string[] = [];
const FIRST: Chosen = { recordId: null, row: 0 };

/** What the draft comes to on a record of the person's choice, and the values it is made from. */
export function LiveResult({ app, entity, subform, target, check, fields }: LiveResultProps) {
  const { t } = useTranslation();
  const { answer, at } = check;
  const [chosen, setChosen] = useState(FIRST);
  const found = useSampleRecords(app.key, entity, subform, chosen);
  const sample = useSample(entity, subform, found.record, found.rows[chosen.row] ?? null);
  const references = answer?.references ?? NO_PATHS;
  const { data: linked = NOTHING_LINKED, isLoading } = useLinked(app, sample, references);
  const outcome = useMemo(
    () => (answer?.formula && !isLoading ? evaluateOn(answer.formula, { sample, linked, target, now: at }) : null),
    [answer, sample, linked, isLoading, target, at],
  );
  return (
    <section className="formula-live" aria-label={t("formulas.live")}>
      <div className="row wrap between">
        <h2>{t("formulas.live")}</h2>
        <SampleChoice found={found} hasRows={subform !== null} chosen={chosen} onChoose={setChosen} />
      </div>
      <output className="formula-result" aria-live="polite">
        {outcome === null ? (
          <span className="quiet">{t("formulas.noResult")}</span>
        ) : (
          <Result outcome={outcome} target={target} fields={fields} />
        )}
      </output>
      {references.length > 0 && (
        <LinksProvider app={app.key}>
          <dl className="formula-inputs">
            {references.map((path) => (
              <div key={path}>
                <dt>{fields.get(path)?.label ?? path}</dt>
                <dd>
                  <InputValue sample={sample} linked={linked} path={path} />
                </dd>
              </div>
            ))}
          </dl>
        </LinksProvider>
      )}
    </section>
  );
}

function useSample(entity: Entity, subform: string | null, record: Sample["record"], row: Sample["row"]): Sample {
  const { member, workspace } = useSession();
  const { members } = useDirectory();
  const departmentId = members.find((item) => item.id === member.id)?.department_id ?? null;
  const calendars = useMemo(() => workCalendars(workspace), [workspace]);
  return useMemo(
    () => ({ entity, subform, record, row, zone: workspace.zone, calendars, memberId: member.id, departmentId }),
    [entity, subform, record, row, workspace.zone, calendars, member.id, departmentId],
  );
}

function Result({ outcome, target, fields }: { outcome: Outcome } & Pick<LiveResultProps, "target" | "fields">) {
  const { t } = useTranslation();
  switch (outcome.kind) {
    case "error":
      return (
        <>
          <code className="formula-error-value">{outcome.code}</code>
          <span>{t(reasonOf(outcome.code))}</span>
        </>
      );
    case "unknown":
      return (
        <span className="quiet">
          {t("formulas.notKnownHere", { field: fields.get(outcome.path)?.label ?? outcome.path })}
        </span>
      );
    case "failed":
      return <span className="quiet">{t("formulas.cannotTry")}</span>;
    case "value":
      return target === null || outcome.shown === undefined ? (
        <PlainResult text={outcome.text} value={outcome.value} />
      ) : (
        <FieldShow field={target} value={outcome.shown} />
      );
  }
}

function PlainResult({ text, value }: Pick<Outcome & { kind: "value" }, "text" | "value">) {
  const { t } = useTranslation();
  if (typeof value === "boolean") return <strong>{value ? t("formulas.holds") : t("formulas.holdsNot")}</strong>;
  return text === "" ? <span className="quiet">{t("formulas.emptyResult")}</span> : <strong>{text}</strong>;
}

function InputValue({ sample, linked, path }: { sample: Sample; linked: Linked; path: string }) {
  const { t } = useTranslation();
  const through = linked.get(path);
  const found = through?.isList === false ? through.items[0] : findAt(sample, path);
  if (found !== undefined) return <OneValue found={found} />;
  const cells = through?.items ?? columnAt(sample, path);
  if (cells === undefined) return <span className="quiet">{t("formulas.notShownHere")}</span>;
  if (cells.length === 0) return <span className="quiet">{t("formulas.noRows")}</span>;
  return cells.map((cell, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: rows as they stand, nothing is moved
    <span key={index} className="formula-cell">
      <OneValue found={cell} />
    </span>
  ));
}

function OneValue({ found: { field, value } }: { found: Found }) {
  const { t } = useTranslation();
  if (field === null) return <span className="quiet">{t("formulas.emptyResult")}</span>;
  if (field.type === "subform") return t("fields.rows", { count: Array.isArray(value) ? value.length : 0 });
  return <FieldShow field={field} value={value} />;
}
