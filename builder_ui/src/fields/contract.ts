// What a field type brings to the screens: how its value is entered and how it is shown.
import type { ComponentType } from "react";
import type { Field, Json } from "../api/types";

export interface EditProps<F extends Field = Field> {
  field: F;
  value: Json;
  onChange: (value: Json) => void;
  /** Of the element that takes the focus; a label points to it. */
  id: string;
  label: string;
  isInvalid: boolean;
  isRequired?: boolean;
  /** Id of the element that says what is wrong or helps. */
  describedBy?: string | undefined;
  /** The person went on to something else. */
  onLeave?: (() => void) | undefined;
}

export interface ShowProps<F extends Field = Field> {
  field: F;
  value: Json;
}

export interface FieldParts<F extends Field> {
  Edit: ComponentType<EditProps<F>>;
  Show: ComponentType<ShowProps<F>>;
}

/** The attributes with which an input tells about its state: to the eye, to assistive technology, to the form. */
export function described({ id, label, isInvalid, isRequired = false, describedBy, onLeave }: EditProps) {
  return {
    id,
    "aria-label": label,
    "aria-invalid": isInvalid,
    "aria-required": isRequired,
    "aria-describedby": describedBy,
    onBlur: onLeave,
    ...(isInvalid ? { status: "error" as const } : {}),
  };
}

/** A limit that is said and not enforced: what is pasted beyond it stays, and the server's message tells of it. */
export function counted(max: number, isShown: boolean) {
  return { max, show: isShown, strategy: (text: string) => [...text].length };
}

export function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

/** The strings of a list; nothing else is kept. */
export function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** The ids that a link holds: one, or the list of several. */
export function idsOf(value: Json | undefined): string[] {
  return typeof value === "string" && value !== "" ? [value] : textsOf(value);
}

export function isEmpty(value: Json | undefined): boolean {
  if (value === null || value === undefined || value === "") return true;
  if (typeof value !== "object") return false;
  return Array.isArray(value) ? value.length === 0 : Object.values(value).every(isEmpty);
}
