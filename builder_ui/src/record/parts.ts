// A record with all that is needed to show or change it.
import type { AppDetail, Entity, Form, LocalFormulas, RecordDetail, RecordView, Right, Rights } from "../api/types";

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

function allPaths(entity: Entity): string[] {
  return entity.fields.flatMap((field) =>
    field.type === "subform" ? [field.key, ...field.fields.map((column) => `${field.key}.${column.key}`)] : [field.key],
  );
}

function rightsOf(entity: Entity, { hidden, writable }: RecordDetail, best: Right): Rights {
  const right = (path: string): Right => {
    if (hidden.includes(path)) return "hidden";
    return best === "write" && writable.includes(path) ? "write" : "read";
  };
  return Object.fromEntries(allPaths(entity).map((path) => [path, right(path)]));
}

/** The entity without what is hidden in this record. */
function visibleEntity(entity: Entity, hidden: readonly string[]): Entity {
  const fields = entity.fields
    .filter((field) => !hidden.includes(field.key))
    .map((field) =>
      field.type === "subform"
        ? { ...field, fields: field.fields.filter((column) => !hidden.includes(`${field.key}.${column.key}`)) }
        : field,
    );
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
