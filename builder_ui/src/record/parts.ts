// A record with all that is needed to show or change it.
import type {
  AppDetail,
  Entity,
  Field,
  Form,
  LocalFormulas,
  RecordDetail,
  RecordView,
  Right,
  Rights,
  RowField,
  SubformField,
} from "../api/types";

export interface RecordParts {
  entity: Entity;
  form: Form | null;
  record: RecordView;
  readRights: Rights;
  writeRights: Rights;
  canEdit: boolean;
  formulas: LocalFormulas | null;
  failed: RecordDetail["failed"];
}

function allPaths(fields: readonly (Field | RowField)[], prefix = ""): string[] {
  return fields.flatMap((field) => {
    const path = `${prefix}${field.key}`;
    return field.type === "subform" ? [path, ...allPaths(field.fields, `${path}.`)] : [path];
  });
}

function rightsOf(entity: Entity, { hidden, writable }: RecordDetail, best: Right): Rights {
  const right = (path: string): Right => {
    if (hidden.includes(path)) return "hidden";
    return best === "write" && writable.includes(path) ? "write" : "read";
  };
  return Object.fromEntries(allPaths(entity.fields).map((path) => [path, right(path)]));
}

/** A subform without what is hidden in its rows, and in those inside them. */
function visibleSubform(field: SubformField, path: string, hidden: readonly string[]): SubformField {
  const shown = field.fields.filter((column) => !hidden.includes(`${path}.${column.key}`));
  return {
    ...field,
    fields: shown.map((column) =>
      column.type === "subform" ? visibleSubform(column, `${path}.${column.key}`, hidden) : column,
    ),
  };
}

/** The entity without what is hidden in this record. */
function visibleEntity(entity: Entity, hidden: readonly string[]): Entity {
  const fields = entity.fields
    .filter((field) => !hidden.includes(field.key))
    .map((field) => (field.type === "subform" ? visibleSubform(field, field.key, hidden) : field));
  return { ...entity, fields };
}

/** The form of the entity's name, else the first that shows it. */
function formOf(app: AppDetail, entity: string): Form | null {
  const forms = Object.values(app.forms).filter((form) => form.entity === entity);
  return forms.find((form) => form.key === entity) ?? forms[0] ?? null;
}

export function recordParts(app: AppDetail, entityKey: string, detail: RecordDetail): RecordParts | null {
  const entity = app.entities[entityKey];
  if (entity === undefined) return null;
  return {
    entity: visibleEntity(entity, detail.hidden),
    form: formOf(app, entityKey),
    record: detail.record,
    readRights: rightsOf(entity, detail, "read"),
    writeRights: rightsOf(entity, detail, "write"),
    canEdit: detail.writable.length > 0,
    formulas: detail.formulas,
    failed: detail.failed,
  };
}
