import { Badge, Button } from "antd";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { useApp } from "../api/apps";
import { useRecordCount, useRecords } from "../api/records";
import type { AppDetail, Entity, RecordView, View } from "../api/types";
import { useSession } from "../app/session";
import { isFileField } from "../fields/files";
import { formFor } from "../forms/formFor";
import { FilterBuilder } from "../grid/FilterBuilder";
import { toDraft, toFilter } from "../grid/filters";
import { RecordCards } from "../grid/RecordCards";
import { RecordTable } from "../grid/RecordTable";
import { SortChoice } from "../grid/SortChoice";
import { sortText } from "../grid/sorts";
import { useAllFields } from "../grid/systemFields";
import { useLabel } from "../i18n/label";
import { LinksProvider } from "../links/place";
import { FilterOutlined, FunctionOutlined, PlusOutlined } from "../ui/icons";
import { PageTitle } from "../ui/PageTitle";
import { Nothing, pendingOrFailed } from "../ui/states";
import { useIsPhone } from "../ui/useIsPhone";

export default function ViewPage() {
  const { app = "", view = "" } = useParams();
  const { t } = useTranslation();
  const detail = useApp(app);
  const waiting = pendingOrFailed(detail, 8);
  if (waiting !== null || detail.data === undefined) return waiting;
  const found = detail.data.views[view];
  const entity = found === undefined ? undefined : detail.data.entities[found.entity];
  if (found === undefined || entity === undefined) {
    return <Nothing title={t("common.notFound")} hint={t("common.notFoundHint")} />;
  }
  return (
    <LinksProvider app={app}>
      <Grid key={view} app={detail.data} view={found} entity={entity} />
    </LinksProvider>
  );
}

interface GridProps {
  app: AppDetail;
  view: View;
  entity: Entity;
}

/** Filter and order live in the address, so that they survive going to a record and back. */
function useGridState(view: View) {
  const [parameters, setParameters] = useSearchParams();
  const filter = parameters.get("filter") ?? "";
  const sort = parameters.get("sort") ?? sortText(view.sort ?? []);
  const set = useCallback(
    (name: string, value: string) =>
      setParameters(
        (before) => {
          const next = new URLSearchParams(before);
          if (value === "") next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace: true },
      ),
    [setParameters],
  );
  return { filter, sort, set };
}

function Grid({ app, view, entity }: GridProps) {
  const label = useLabel();
  const { filter, sort, set } = useGridState(view);
  const [isFiltering, setFiltering] = useState(false);
  const fields = useAllFields(entity);
  const place = useMemo(() => ({ app: app.key, entity: entity.key }), [app.key, entity.key]);
  const query = useMemo(() => ({ view: view.key, filter, sort }), [view.key, filter, sort]);
  const offered = useMemo(
    () => fields.filter((field) => field.type !== "subform" && field.type !== "related" && !isFileField(field)),
    [fields],
  );
  const draft = useMemo(() => toDraft(filter, offered), [filter, offered]);
  return (
    <>
      <PageTitle title={label(view.title)} beside={<Count place={place} query={query} />}>
        <FilterButton
          count={draft.lines.length + draft.formulas.length + draft.nested.length}
          isOpen={isFiltering}
          onClick={() => setFiltering(!isFiltering)}
        />
        <FormulasButton app={app} entity={entity} />
        <NewButton app={app} entity={entity} />
      </PageTitle>
      {isFiltering && (
        <div className="surface padded">
          <FilterBuilder
            key={filter}
            place={place}
            view={view.key}
            fields={offered}
            initial={draft}
            onApply={(next) => {
              const made = toFilter(next);
              set("filter", made === null ? "" : JSON.stringify(made));
              if (made === null) setFiltering(false);
            }}
          />
        </div>
      )}
      <Records place={place} query={query} view={view} entity={entity} onSort={(next) => set("sort", next)} />
    </>
  );
}

interface Asking {
  place: { app: string; entity: string };
  query: { view: string; filter: string; sort: string };
}

function Count({ place, query }: Asking) {
  const { t } = useTranslation();
  const { member } = useSession();
  const total = useRecordCount(place, query);
  if (total.data === undefined) return null;
  const { count } = total.data;
  return (
    <output className="quiet">{member.is_admin ? t("grid.count", { count }) : t("grid.countSeen", { count })}</output>
  );
}

function FilterButton({ count, isOpen, onClick }: { count: number; isOpen: boolean; onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <Badge count={count} size="small">
      <Button icon={<FilterOutlined />} aria-expanded={isOpen} onClick={onClick}>
        {t("grid.filter")}
      </Button>
    </Badge>
  );
}

function FormulasButton({ app, entity }: { app: AppDetail; entity: Entity }) {
  const { t } = useTranslation();
  const { member } = useSession();
  const navigate = useNavigate();
  if (!member.is_admin) return null;
  return (
    <Button icon={<FunctionOutlined />} onClick={() => void navigate(`/apps/${app.key}/formulas/${entity.key}`)}>
      {t("formulas.open")}
    </Button>
  );
}

function NewButton({ app, entity }: { app: AppDetail; entity: Entity }) {
  const { t } = useTranslation();
  const label = useLabel();
  const navigate = useNavigate();
  const form = formFor(app, entity.key);
  if (form === null) return null;
  return (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate(`/apps/${app.key}/forms/${form}`)}>
      {t("home.new", { form: label(app.forms[form]?.title ?? entity.title) })}
    </Button>
  );
}

function Records({
  place,
  query,
  view,
  entity,
  onSort,
}: Asking & Omit<GridProps, "app"> & { onSort: (sort: string) => void }) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const records = useRecords(place, query);
  const fields = useAllFields(entity);
  const columns = useMemo(
    () => view.columns.flatMap((key) => fields.find((field) => field.key === key) ?? []),
    [view.columns, fields],
  );
  const addressOf = useCallback(
    (record: RecordView) => `/apps/${place.app}/entities/${place.entity}/records/${record.id}`,
    [place],
  );
  const waiting = pendingOrFailed(records, 8);
  if (waiting !== null) return waiting;
  const items = records.data?.pages.flatMap((page) => page.items) ?? [];
  const titles: Record<string, string> = Object.assign({}, ...items.map((item) => item.links));
  if (items.length === 0) {
    return (
      <div className="surface">
        <Nothing
          title={query.filter === "" ? t("grid.empty") : t("grid.noMatch")}
          hint={query.filter === "" ? t("grid.emptyHint") : t("grid.noMatchHint")}
        />
      </div>
    );
  }
  return (
    <LinksProvider app={place.app} titles={titles}>
      {isPhone ? (
        <>
          <SortChoice fields={columns} sort={query.sort} onSort={onSort} />
          <RecordCards records={items} columns={columns} addressOf={addressOf} />
        </>
      ) : (
        <RecordTable
          records={items}
          columns={columns}
          sort={query.sort}
          isLoading={records.isPlaceholderData}
          addressOf={addressOf}
          onSort={onSort}
        />
      )}
      {records.hasNextPage && (
        <div className="more">
          <Button loading={records.isFetchingNextPage} onClick={() => void records.fetchNextPage()}>
            {t("common.loadMore")}
          </Button>
        </div>
      )}
    </LinksProvider>
  );
}
