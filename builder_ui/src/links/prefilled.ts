// A new record that is to link to another: the link stands in the address of the form.
import type { Entity, Values } from "../api/types";

const LINK = /^([a-z][a-z0-9_]{0,62}):([0-9a-f]{24})$/;

export function linkSearch(field: string, id: string): string {
  return `?link=${field}:${id}`;
}

/** The values that the address fills in; nothing for what is no link of the entity. */
export function prefilled(link: string | null, entity: Entity): Values {
  const [, key = "", id = ""] = LINK.exec(link ?? "") ?? [];
  const field = entity.fields.find((item) => item.key === key);
  if (field?.type !== "link") return {};
  return { [key]: field.multiple === true ? [id] : id };
}
