import { Button, type RefSelectProps, Select, Tabs } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { useApp } from "../api/apps";
import { type FormulaItem, type FormulaList, useFormulas, useFunctions } from "../api/formulas";
import type { AppDetail, Entity } from "../api/types";
import { useSession } from "../app/session";
import { UseCount } from "../formula-editor/FieldUses";
import { FormulaText } from "../formula-editor/FormulaText";
import { editAddress, KINDS, type PlaceKind, placeKey, placesOf } from "../formula-editor/places";
import { useKnownFields } from "../formula-editor/useKnownFields";
import { useLabel } from "../i18n/label";
import { PlusOutlined } from "../ui/icons";
import { PageTitle } from "../ui/PageTitle";
import { Nothing, pendingOrFailed } from "../ui/states";

/** All formulas of an entity and its forms, for the admins who write them. */
export default function FormulasPage() {
  const { app = "", entity } = useParams();
  const { t } = useTranslation();
  const { member } = useSession();
  const detail = useApp(app);
  if (!member.is_admin) return <Nothing title={t("formulas.adminOnly")} isPage />;
  const waiting = pendingOrFailed(detail, 8);
  if (waiting !== null || detail.data === undefined) return waiting;
  const key = entity ?? Object.keys(detail.data.entities)[0] ?? "";
  const found = detail.data.entities[key];
  if (found === undefined) return <Nothing title={t("common.notFound")} hint={t("common.notFoundHint")} isPage />;
  return <Formulas app={detail.data} entity={found} />;
}

function Formulas({ app, entity }: { app: AppDetail; entity: Entity }) {
  const { t } = useTranslation();
  const label = useLabel();
  const navigate = useNavigate();
  const list = useFormulas({ app: app.key, entity: entity.key });
  const entities = Object.values(app.entities);
  return (
    <>
      <PageTitle title={t("formulas.title")} above={label(app.title)} />
      {entities.length > 1 && (
        <Tabs
          activeKey={entity.key}
          onChange={(key) => void navigate(`/apps/${app.key}/formulas/${key}`)}
          items={entities.map((item) => ({ key: item.key, label: label(item.title) }))}
        />
      )}
      {pendingOrFailed(list, 8) ??
        (list.data && <Groups key={entity.key} app={app.key} entity={entity} list={list.data} />)}
    </>
  );
}

interface GroupsProps {
  app: string;
  entity: Entity;
  list: FormulaList;
}

function Groups({ app, entity, list }: GroupsProps) {
  const { t } = useTranslation();
  const isEmpty = list.items.every((item) => item.source === null);
  return (
    <>
      {isEmpty && <Nothing title={t("formulas.empty")} hint={t("formulas.emptyHint")} />}
      {KINDS.map((kind) => (
        <Group key={kind} kind={kind} app={app} entity={entity} list={list} />
      ))}
    </>
  );
}

function Group({ kind, app, entity, list }: GroupsProps & { kind: PlaceKind }) {
  const { t } = useTranslation();
  const filled = placesOf(list.items, kind, true);
  const free = placesOf(list.items, kind, false);
  if (filled.length + free.length === 0) return null;
  return (
    <section className="surface formula-group" aria-labelledby={`group-${kind}`}>
      <header className="formula-group-head">
        <div>
          <h2 id={`group-${kind}`}>{t(`formulas.places.${kind}`)}</h2>
          <p className="quiet">{t(`formulas.placeHints.${kind}`)}</p>
        </div>
        {free.length > 0 && <AddFormula kind={kind} app={app} entity={entity} free={free} />}
      </header>
      {filled.length === 0 ? (
        <p className="quiet formula-none">{t("formulas.noneOfThese")}</p>
      ) : (
        <ul>
          {filled.map((item) => (
            <Row key={placeKey(item.place)} app={app} entity={entity} list={list} item={item} />
          ))}
        </ul>
      )}
    </section>
  );
}

function useTitle(): (item: FormulaItem) => string {
  const label = useLabel();
  return (item) => item.titles.map(label).join(" / ");
}

function Row({ app, entity, list, item }: GroupsProps & { item: FormulaItem }) {
  const { t } = useTranslation();
  const title = useTitle()(item);
  const functions = useFunctions();
  const byName = useMemo(
    () => new Map(functions.data?.items.map((found) => [found.name, found]) ?? []),
    [functions.data],
  );
  const fields = useKnownFields(list, entity, item.place);
  return (
    <li className="formula-row">
      <div className="formula-row-title">
        <div>{title}</div>
        <UseCount app={app} entity={entity.key} place={item.place} />
      </div>
      <FormulaText source={item.source ?? ""} fields={fields} functions={byName} />
      <Link
        className="formula-row-edit"
        to={editAddress(app, entity.key, item.place)}
        aria-label={t("formulas.editOf", { name: title })}
      >
        {t("common.edit")}
      </Link>
    </li>
  );
}

interface AddProps {
  kind: PlaceKind;
  app: string;
  entity: Entity;
  free: FormulaItem[];
}

/** Chooses the field that is to get a formula. */
function AddFormula({ kind, app, entity, free }: AddProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const titleOf = useTitle();
  const [isChoosing, setChoosing] = useState(false);
  const box = useRef<RefSelectProps>(null);
  useEffect(() => {
    if (isChoosing) box.current?.focus();
  }, [isChoosing]);
  if (!isChoosing) {
    return (
      <Button
        icon={<PlusOutlined />}
        aria-label={t("formulas.addTo", { group: t(`formulas.places.${kind}`) })}
        onClick={() => setChoosing(true)}
      >
        {t("formulas.add")}
      </Button>
    );
  }
  return (
    <Select<string>
      className="formula-add"
      ref={box}
      defaultOpen
      showSearch={{ optionFilterProp: "label" }}
      aria-label={t("formulas.addWhere")}
      placeholder={t("formulas.addWhere")}
      options={free.map((item) => ({ value: placeKey(item.place), label: titleOf(item) }))}
      onBlur={() => setChoosing(false)}
      onChange={(key) => {
        const item = free.find((one) => placeKey(one.place) === key);
        if (item !== undefined) void navigate(editAddress(app, entity.key, item.place));
      }}
    />
  );
}
