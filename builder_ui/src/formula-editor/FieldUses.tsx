import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type FieldDependencies, type FormulaPlace, type FormulaUse, useDependencies } from "../api/formulas";
import { useLabel } from "../i18n/label";
import { editAddress } from "./places";

interface FieldUsesProps {
  app: string;
  entity: string;
  place: FormulaPlace;
}

function useFound({ app, entity, place }: FieldUsesProps): FieldDependencies | undefined {
  const { data } = useDependencies({ app, entity });
  const isOfField = place.kind === "computed" || place.kind === "default";
  return isOfField ? data?.items.find((item) => item.path === place.field) : undefined;
}

/** What the field of a formula is made from, what reads it, and what follows a change of it. */
export function FieldUses(props: FieldUsesProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const found = useFound(props);
  if (found === undefined) return null;
  const nameOf = (titles: FieldDependencies["titles"]) => titles.map(label).join(" / ");
  return (
    <section className="surface padded formula-uses" aria-label={t("formulas.usedBy")}>
      <div>
        <h2>{t("formulas.usedBy")}</h2>
        {found.used_by.length === 0 ? (
          <p className="quiet">{t("formulas.usedNowhere")}</p>
        ) : (
          <ul>
            {found.used_by.map((use) => (
              <li key={`${use.file}${use.pointer}`}>
                <span className="quiet">{t(`formulas.uses.${use.kind}`)}</span>{" "}
                <UseName app={props.app} use={use} name={nameOf(use.titles)} />
              </li>
            ))}
          </ul>
        )}
      </div>
      {found.depends_on.length > 0 && (
        <Names title={t("formulas.dependsOn")} names={found.depends_on.map((item) => nameOf(item.titles))} />
      )}
      {found.reaches.length > 0 && (
        <Names title={t("formulas.reaches")} names={found.reaches.map((item) => nameOf(item.titles))} />
      )}
    </section>
  );
}

/** Formulas of fields lead to their own page. */
function UseName({ app, use, name }: { app: string; use: FormulaUse; name: string }) {
  if ((use.kind !== "computed" && use.kind !== "default") || !use.field) return name;
  return <Link to={editAddress(app, use.entity, { kind: use.kind, field: use.field })}>{name}</Link>;
}

function Names({ title, names }: { title: string; names: string[] }) {
  return (
    <div>
      <h2>{title}</h2>
      <ul>
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </div>
  );
}

/** In how many places the field of a formula is read. */
export function UseCount(props: FieldUsesProps) {
  const { t } = useTranslation();
  const found = useFound(props);
  if (found === undefined || found.used_by.length === 0) return null;
  return <span className="quiet">{t("formulas.usedCount", { count: found.used_by.length })}</span>;
}
