// The records that link to the one that is shown: how many, a small grid of them, and a way to make another.
import { Button } from "antd";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useApp } from "../api/apps";
import { type RelatedPlace, useRelated, useRelatedCount } from "../api/records";
import type { AppDetail, Entity, Field, RecordView, RelatedField } from "../api/types";
import { formFor } from "../forms/formFor";
import { placedKeys } from "../forms/layout";
import { RecordCards } from "../grid/RecordCards";
import { RecordTable } from "../grid/RecordTable";
import { useAllFields } from "../grid/systemFields";
import { useLabel } from "../i18n/label";
import { PlusOutlined } from "../ui/icons";
import { pendingOrFailed } from "../ui/states";
import { useIsPhone } from "../ui/useIsPhone";
import { LinksProvider, useLinksPlace } from "./place";
import { linkSearch } from "./prefilled";

const FIRST_COLUMNS = 4;
const NARROW: readonly string[] = ["long_text", "subform", "attachment", "related"];

export function RelatedList({ field }: { field: RelatedField }) {
  const { t } = useTranslation();
  const { app: own, record } = useLinksPlace();
  const app = field.app ?? own;
  const detail = useApp(app);
  if (record === null) return <span className="quiet">{t("fields.relatedLater")}</span>;
  if (detail.data === undefined) return pendingOrFailed(detail, 2);
  return (
    <Related
      app={detail.data}
      place={{ record, field: field.key, target: { app, entity: field.entity } }}
      field={field}
    />
  );
}

interface RelatedProps {
  app: AppDetail;
  place: RelatedPlace;
  field: RelatedField;
}

function Related({ app, place, field }: RelatedProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const [sort, setSort] = useState("");
  const records = useRelated(place, sort);
  const total = useRelatedCount(place);
  const entity = app.entities[field.entity];
  const waiting = pendingOrFailed(records, 2);
  if (waiting !== null || entity === undefined) return waiting;
  const items = records.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="stack" aria-label={label(field.title)}>
      <div className="row between">
        <output className="quiet">{total.data && t("grid.count", { count: total.data.count })}</output>
        <NewRelated app={app} place={place} field={field} />
      </div>
      {items.length === 0 ? (
        <span className="quiet">{t("fields.relatedNone")}</span>
      ) : (
        <Rows entity={entity} place={place} field={field} items={items} sort={sort} onSort={setSort} />
      )}
      {records.hasNextPage && (
        <Button size="small" loading={records.isFetchingNextPage} onClick={() => void records.fetchNextPage()}>
          {t("common.loadMore")}
        </Button>
      )}
    </section>
  );
}

/** What the author chose, else the first fields that fit a narrow place. */
function useColumns(entity: Entity, field: RelatedField): Field[] {
  const fields = useAllFields(entity);
  return useMemo(() => {
    const chosen = field.columns ?? [];
    if (chosen.length > 0) return chosen.flatMap((key) => fields.find((item) => item.key === key) ?? []);
    const isPlain = (item: Field) => !NARROW.includes(item.type) && item.key !== field.by;
    return fields.filter(isPlain).slice(0, FIRST_COLUMNS);
  }, [fields, field]);
}

interface RowsProps {
  entity: Entity;
  place: RelatedPlace;
  field: RelatedField;
  items: RecordView[];
  sort: string;
  onSort: (sort: string) => void;
}

function Rows({ entity, place: { target }, field, items, sort, onSort }: RowsProps) {
  const isPhone = useIsPhone();
  const columns = useColumns(entity, field);
  const titles: Record<string, string> = Object.assign({}, ...items.map((item) => item.links));
  const addressOf = useCallback(
    (record: RecordView) => `/apps/${target.app}/entities/${target.entity}/records/${record.id}`,
    [target.app, target.entity],
  );
  return (
    <LinksProvider app={target.app} titles={titles}>
      {isPhone ? (
        <RecordCards records={items} columns={columns} addressOf={addressOf} />
      ) : (
        <RecordTable
          records={items}
          columns={columns}
          sort={sort}
          isLoading={false}
          addressOf={addressOf}
          onSort={onSort}
        />
      )}
    </LinksProvider>
  );
}

/** Opens the form of the other entity with the link filled in; a link in its rows has no place before there are rows. */
function NewRelated({ app, place, field }: RelatedProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const navigate = useNavigate();
  const key = formFor(app, field.entity);
  const form = key === null ? undefined : app.forms[key];
  if (form === undefined || !placedKeys(form).has(field.by)) return null;
  const address = `/apps/${place.target.app}/forms/${form.key}${linkSearch(field.by, place.record.id)}`;
  return (
    <Button size="small" icon={<PlusOutlined />} onClick={() => void navigate(address)}>
      {t("home.new", { form: label(form.title) })}
    </Button>
  );
}
