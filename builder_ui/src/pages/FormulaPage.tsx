import { Alert, App, Button, Input } from "antd";
import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";
import { useApp } from "../api/apps";
import { ApiError } from "../api/client";
import {
  type FormulaItem,
  type FormulaList,
  type FunctionList,
  samePlace,
  useFormulas,
  useFunctions,
  useSaveFormula,
} from "../api/formulas";
import type { AppDetail, ColumnField, Entity, Field } from "../api/types";
import { useSession } from "../app/session";
import { LeaveGuard } from "../forms/LeaveGuard";
import { FieldUses } from "../formula-editor/FieldUses";
import { FormulaEditor } from "../formula-editor/FormulaEditor";
import { FormulaText } from "../formula-editor/FormulaText";
import { placeOf } from "../formula-editor/places";
import { subformOf, useKnownFields } from "../formula-editor/useKnownFields";
import { useLabel } from "../i18n/label";
import { PageTitle } from "../ui/PageTitle";
import { Failed, Nothing, pendingOrFailed } from "../ui/states";

/** One formula being written and published. */
export default function FormulaPage() {
  const { app = "", entity = "" } = useParams();
  const [parameters] = useSearchParams();
  const { t } = useTranslation();
  const { member } = useSession();
  const detail = useApp(app);
  const list = useFormulas({ app, entity });
  const functions = useFunctions();
  if (!member.is_admin) return <Nothing title={t("formulas.adminOnly")} isPage />;
  const waiting = pendingOrFailed(detail, 8) ?? pendingOrFailed(list, 8) ?? pendingOrFailed(functions, 8);
  if (waiting !== null || !detail.data || !list.data || !functions.data) return waiting;
  const place = placeOf(parameters);
  const item = place === null ? undefined : list.data.items.find((one) => samePlace(one.place, place));
  const found = detail.data.entities[entity];
  if (item === undefined || found === undefined) {
    return <Nothing title={t("common.notFound")} hint={t("common.notFoundHint")} isPage />;
  }
  const key = parameters.toString();
  return <Editing key={key} app={detail.data} entity={found} list={list.data} item={item} functions={functions.data} />;
}

interface EditingProps {
  app: AppDetail;
  entity: Entity;
  list: FormulaList;
  item: FormulaItem;
  functions: FunctionList;
}

function targetOf(entity: Entity, item: FormulaItem): Field | ColumnField | null {
  if (item.place.kind !== "computed" && item.place.kind !== "default") return null;
  const [key = "", column] = (item.place.field ?? "").split(".");
  const field = entity.fields.find((one) => one.key === key);
  if (column === undefined || field?.type !== "subform") return field ?? null;
  return field.fields.find((one) => one.key === column) ?? null;
}

function Editing({ app, entity, list, item, functions }: EditingProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const navigate = useNavigate();
  // what the person began with stays: the list is read anew when the page is looked at again
  const [begun, setBegun] = useState({ version: list.version, source: item.source ?? "" });
  const [value, setValue] = useState(begun.source);
  const [note, setNote] = useState("");
  const isDone = useRef(false);
  const fields = useKnownFields(list, entity, item.place);
  const title = item.titles.map(label).join(" / ");
  const leave = useCallback(() => {
    isDone.current = true;
    void navigate(`/apps/${app.key}/formulas/${entity.key}`);
  }, [navigate, app.key, entity.key]);
  const saving = useSaving({ app: app.key, entity: entity.key, item, title, onSaved: leave });
  const isChanged = value !== begun.source;
  return (
    <>
      <PageTitle
        title={title}
        above={
          <Link to={`/apps/${app.key}/formulas/${entity.key}`}>
            {t("formulas.backTo", { entity: label(entity.title) })}
          </Link>
        }
        beside={<span className="quiet">{t(`formulas.uses.${item.place.kind}`)}</span>}
      />
      <div className="surface padded stack">
        <FormulaEditor
          app={app}
          entity={entity}
          place={item.place}
          subform={subformOf(item.place)}
          target={targetOf(entity, item)}
          label={t("formulas.formulaOf", { name: title })}
          value={value}
          onChange={setValue}
          fields={fields}
          functions={functions}
        />
        <Conflict
          error={saving.error}
          fields={fields}
          onTheirs={(theirs, version) => {
            setBegun({ version, source: theirs });
            setValue(theirs);
            saving.reset();
          }}
          onMine={(version) => saving.save({ value, note, version })}
        />
        <SaveBar
          note={note}
          onNote={setNote}
          isChanged={isChanged}
          isSaving={saving.isPending}
          onPublish={() => saving.ask({ value, note, version: begun.version })}
        />
      </div>
      <FieldUses app={app.key} entity={entity.key} place={item.place} />
      <LeaveGuard isUnsaved={() => isChanged && !isDone.current} />
    </>
  );
}

interface SaveBarProps {
  note: string;
  onNote: (note: string) => void;
  isChanged: boolean;
  isSaving: boolean;
  onPublish: () => void;
}

function SaveBar({ note, onNote, isChanged, isSaving, onPublish }: SaveBarProps) {
  const { t } = useTranslation();
  return (
    <div className="formula-save">
      <Input
        value={note}
        maxLength={200}
        aria-label={t("formulas.note")}
        placeholder={t("formulas.note")}
        onChange={(event) => onNote(event.target.value)}
      />
      <Button type="primary" disabled={!isChanged} loading={isSaving} onClick={onPublish}>
        {t("formulas.publish")}
      </Button>
    </div>
  );
}

interface Draft {
  value: string;
  note: string;
  version: number;
}

interface SavingParts {
  app: string;
  entity: string;
  item: FormulaItem;
  title: string;
  onSaved: () => void;
}

/** Publishes after saying what that means. */
function useSaving({ app, entity, item, title, onSaved }: SavingParts) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const change = useSaveFormula({ app, entity });
  const save = ({ value, note, version }: Draft) =>
    change.mutate(
      {
        place: item.place,
        source: value.trim() === "" ? null : value,
        seen_version: version,
        ...(note.trim() === "" ? {} : { note: note.trim() }),
      },
      {
        onSuccess: (answer) => {
          void message.success(t("formulas.published", { version: answer.version }));
          onSaved();
        },
      },
    );
  const ask = (draft: Draft) => {
    const isGone = draft.value.trim() === "";
    const what = isGone ? t("formulas.consequences.removed") : t(`formulas.consequences.${item.place.kind}`);
    modal.confirm({
      title: isGone ? t("formulas.removeTitle", { name: title }) : t("formulas.publishTitle", { name: title }),
      content: `${what} ${t("formulas.newVersion", { version: draft.version + 1 })}`,
      okText: t("formulas.publish"),
      cancelText: t("common.cancel"),
      onOk: () => save(draft),
    });
  };
  return { ask, save, error: change.error, isPending: change.isPending, reset: change.reset };
}

interface ConflictProps {
  error: unknown;
  fields: ReturnType<typeof useKnownFields>;
  onTheirs: (source: string, version: number) => void;
  onMine: (version: number) => void;
}

const NO_FUNCTIONS = new Map();

/** Why it was not published: somebody was faster, or the application does not allow it. */
function Conflict({ error, fields, onTheirs, onMine }: ConflictProps) {
  const { t } = useTranslation();
  if (error === null) return null;
  if (!(error instanceof ApiError)) return <Failed error={error} />;
  if (error.code !== "definition_conflict") return <Refused error={error} />;
  const theirs = String(error.body.errors[0]?.params?.["theirs"] ?? "");
  const version = Number(error.body.params["current"]);
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={error.body.message}
      description={
        <div className="stack">
          <div>
            {t("formulas.theirs")}{" "}
            {theirs === "" ? (
              t("formulas.noFormula")
            ) : (
              <FormulaText source={theirs} fields={fields} functions={NO_FUNCTIONS} />
            )}
          </div>
          <div className="row wrap">
            <Button onClick={() => onTheirs(theirs, version)}>{t("formulas.takeTheirs")}</Button>
            <Button onClick={() => onMine(version)}>{t("formulas.publishMine")}</Button>
          </div>
        </div>
      }
    />
  );
}

function Refused({ error }: { error: ApiError }) {
  return (
    <div className="stack">
      <Failed error={error} />
      {error.body.errors.length > 0 && (
        <ul className="formula-refused">
          {error.body.errors.map((fault) => (
            <li key={`${fault.path}-${fault.code}`}>
              {fault.message} {fault.path !== "/source" && <code className="quiet">{fault.path}</code>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
