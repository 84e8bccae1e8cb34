// A form drawn from its layout: sections, one or two columns, each field edited, shown or absent by its rights.
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import type { Field, Form } from "../api/types";
import { isComposite } from "../fields/composite";
import { isEmpty } from "../fields/contract";
import { FailedValue } from "../fields/FailedValue";
import { isFileField } from "../fields/files";
import { RequiredMark } from "../fields/RequiredMark";
import { FieldEdit, FieldShow } from "../fields/registry";
import { useLabel } from "../i18n/label";
import { RelatedList } from "../links/RelatedList";
import { type Entry, EntryProvider } from "./entry";
import { type PlacedField, type PlacedSection, placeFields } from "./layout";
import { UploadsProvider } from "./useUploads";
import { isComputed, isEditable } from "./wire";

interface FormBodyProps {
  form: Form | null;
  entry: Entry;
  /** While it is being sent: what would be typed now is not part of it. */
  isLocked?: boolean;
}

export function FormBody({ form, entry, isLocked = false }: FormBodyProps) {
  const { t } = useTranslation();
  return (
    <EntryProvider value={entry}>
      <UploadsProvider value={entry.uploads.track}>
        <div className="form-body" inert={isLocked} aria-busy={isLocked}>
          {entry.otherFaults.length > 0 && (
            <Alert
              type="error"
              showIcon
              role="alert"
              className="field-invalid"
              title={t("form.otherFaults")}
              description={
                <ul>
                  {entry.otherFaults.map((fault) => (
                    <li key={fault}>{fault}</li>
                  ))}
                </ul>
              }
            />
          )}
          {placeFields(form, entry.entity).map((section, position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: sections have no keys and never move
            <FormSection key={position} section={section} entry={entry} />
          ))}
        </div>
      </UploadsProvider>
    </EntryProvider>
  );
}

function FormSection({ section, entry }: { section: PlacedSection; entry: Entry }) {
  const title = useLabel()(section.title);
  const fields = section.fields.filter(({ field }) => !entry.isHidden(field.key));
  if (fields.length === 0) return null;
  return (
    <section className="surface form-section" aria-label={title}>
      <h2>{title}</h2>
      <div className={section.columns === 2 ? "form-grid two" : "form-grid"}>
        {fields.map((placed) => (
          <FormField key={placed.field.key} placed={placed} entry={entry} />
        ))}
      </div>
    </section>
  );
}

function FormField({ placed: { field, isWide }, entry }: { placed: PlacedField; entry: Entry }) {
  const { key } = field;
  const fault = entry.faultAt(`/${key}`, key);
  const looks = [
    "field",
    isWide ? "wide-field" : "",
    fault === null ? "" : "field-invalid",
    canBeEntered(entry) ? "" : "field-shown",
  ];
  return (
    <div className={looks.filter((look) => look !== "").join(" ")} data-field={key}>
      <FieldLabel field={field} entry={entry} />
      {isEditable(field, entry.rights) ? (
        <EnteredField field={field} entry={entry} fault={fault} />
      ) : (
        <div className="field-value">
          <ShownField field={field} entry={entry} isFaulty={fault !== null} />
        </div>
      )}
      {fault !== null && (
        <div id={`field-${key}-fault`} className="fault" role="alert">
          {fault}
        </div>
      )}
    </div>
  );
}

/** Rows and files have several inputs, which name themselves. */
function isOneInput(field: Field): boolean {
  return field.type !== "subform" && !isFileField(field) && !isComposite(field);
}

/** How a value that nobody enters is made. */
function madeText(field: Field) {
  return field.derived === null || field.derived === undefined
    ? ("fields.computed" as const)
    : (`fields.derived.${field.derived}` as const);
}

function FieldLabel({ field, entry }: { field: Field; entry: Entry }) {
  const { t } = useTranslation();
  const title = useLabel()(field.title);
  if (isEditable(field, entry.rights)) {
    return (
      <div className="field-label">
        {entry.isRequired(field.key) && <RequiredMark isSpoken={!isOneInput(field)} />}
        {isOneInput(field) ? <label htmlFor={`field-${field.key}`}>{title}</label> : <span>{title}</span>}
      </div>
    );
  }
  return (
    <div className="field-label">
      <span>{title}</span>
      {isComputed(field) && canBeEntered(entry) && <span className="computed-note">{t(madeText(field))}</span>}
    </div>
  );
}

function ShownField({ field, entry, isFaulty }: { field: Field; entry: Entry; isFaulty: boolean }) {
  const { t } = useTranslation();
  if (field.type === "related") return <RelatedList field={field} />;
  const value = entry.values[field.key];
  const failed = entry.failedAt(`/${field.key}`);
  if (failed !== null && isEmpty(value) && !isFaulty) return <FailedValue code={failed} />;
  if (field.type === "serial" && !value && canBeEntered(entry)) {
    return <span className="quiet">{t("fields.onSubmit")}</span>;
  }
  return <FieldShow field={field} value={value} />;
}

function EnteredField({ field, entry, fault }: { field: Field; entry: Entry; fault: string | null }) {
  const label = useLabel();
  const { key } = field;
  const id = `field-${key}`;
  const help = label(field.help);
  const notes = [fault === null ? "" : `${id}-fault`, help === "" ? "" : `${id}-help`].filter((note) => note !== "");
  return (
    <>
      <FieldEdit
        field={field}
        value={entry.values[key] ?? null}
        id={id}
        label={label(field.title)}
        isInvalid={fault !== null}
        isRequired={entry.isRequired(key)}
        describedBy={notes.length === 0 ? undefined : notes.join(" ")}
        onLeave={() => entry.touch(key)}
        onChange={(value) => entry.change(key, value)}
      />
      {help !== "" && (
        <div id={`${id}-help`} className="quiet field-help">
          {help}
        </div>
      )}
    </>
  );
}

/** Whether anything on the page can be entered; otherwise nobody cares what is computed. */
function canBeEntered(entry: Entry): boolean {
  return entry.entity.fields.some((field) => isEditable(field, entry.rights));
}

/** Bring the first fault into view, when the page has drawn it. */
export function showFirstFault(): void {
  requestAnimationFrame(() => {
    const first = document.querySelector(".field-invalid");
    first?.scrollIntoView({ block: "center", behavior: "auto" });
    first?.querySelector<HTMLElement>("input, textarea, button")?.focus({ preventScroll: true });
  });
}
