import { Segmented } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FormulaFunction, FunctionList } from "../api/formulas";
import { useLabel } from "../i18n/label";
import { SearchBox } from "../ui/SearchBox";
import { useKindText } from "./useKindText";
import { type Known, signatureText } from "./vocabulary";

interface PaletteProps {
  fields: ReadonlyMap<string, Known>;
  functions: FunctionList;
  onField: (path: string) => void;
  onFunction: (found: FormulaFunction) => void;
}

/** All fields and functions to look through; what is pressed goes into the formula. */
export function Palette({ fields, functions, onField, onFunction }: PaletteProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<"fields" | "functions">("fields");
  const [query, setQuery] = useState("");
  return (
    <div className="formula-palette">
      <Segmented
        block
        value={shown}
        onChange={setShown}
        options={[
          { value: "fields", label: t("formulas.fields") },
          { value: "functions", label: t("formulas.functions") },
        ]}
      />
      <SearchBox key={shown} onSearch={setQuery} label={t(`formulas.search.${shown}`)} />
      <div className="formula-palette-list">
        {shown === "fields" ? (
          <Fields fields={fields} query={query} onField={onField} />
        ) : (
          <Functions functions={functions} query={query} onFunction={onFunction} />
        )}
      </div>
    </div>
  );
}

interface Group<T> {
  title: string;
  items: T[];
}

function useFieldGroups(fields: ReadonlyMap<string, Known>, query: string): Group<Known>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const wanted = query.trim().toLowerCase();
    const groups = new Map<string, Known[]>();
    for (const field of fields.values()) {
      if (!`${field.label} ${field.path}`.toLowerCase().includes(wanted)) continue;
      const title = t(`formulas.groups.${field.group}`, { name: field.within ?? "" });
      groups.set(title, [...(groups.get(title) ?? []), field]);
    }
    return [...groups].map(([title, items]) => ({ title, items }));
  }, [fields, query, t]);
}

function Fields({ fields, query, onField }: Pick<PaletteProps, "fields" | "onField"> & { query: string }) {
  const { t } = useTranslation();
  const kindText = useKindText();
  const groups = useFieldGroups(fields, query);
  if (groups.length === 0) return <p className="quiet">{t("formulas.nothingFound")}</p>;
  return groups.map(({ title, items }) => (
    <section key={title} aria-label={title}>
      <h3 className="formula-palette-group">{title}</h3>
      {items.map((field) => (
        <button type="button" key={field.path} className="formula-palette-item" onClick={() => onField(field.path)}>
          <span>{field.title}</span>
          <span className="quiet">{kindText(field)}</span>
        </button>
      ))}
    </section>
  ));
}

function useFunctionGroups(functions: FunctionList, query: string): Group<FormulaFunction>[] {
  const label = useLabel();
  return useMemo(() => {
    const wanted = query.trim().toLowerCase();
    const isFound = (item: FormulaFunction) => `${item.name} ${label(item.help)}`.toLowerCase().includes(wanted);
    return functions.groups
      .map((group) => ({
        title: label(group.title),
        items: functions.items.filter((item) => item.group === group.key && isFound(item)),
      }))
      .filter((group) => group.items.length > 0);
  }, [functions, query, label]);
}

function Functions({
  functions,
  query,
  onFunction,
}: Pick<PaletteProps, "functions" | "onFunction"> & { query: string }) {
  const { t } = useTranslation();
  const label = useLabel();
  const groups = useFunctionGroups(functions, query);
  if (groups.length === 0) return <p className="quiet">{t("formulas.nothingFound")}</p>;
  return groups.map(({ title, items }) => (
    <section key={title} aria-label={title}>
      <h3 className="formula-palette-group">{title}</h3>
      {items.map((found) => (
        <button
          type="button"
          key={found.name}
          className="formula-palette-item formula-palette-function"
          onClick={() => onFunction(found)}
        >
          <code className="formula-palette-signature">{signatureText(found, label)}</code>
          <span>{label(found.help)}</span>
          <code className="quiet">{`${found.example} → ${found.result}`}</code>
        </button>
      ))}
    </section>
  ));
}
