// Which form makes new records of an entity.
import type { AppDetail } from "../api/types";

/** The first form of the menu that makes records of this entity, else one without a flow. */
export function formFor(app: AppDetail, entity: string): string | null {
  const inMenu = app.menu.flatMap((group) => group.items).flatMap((item) => (item.form ? [item.form] : []));
  const found = inMenu.find((key) => app.forms[key]?.entity === entity);
  if (found !== undefined) return found;
  if (!app.can_create.includes(entity)) return null;
  return Object.values(app.forms).find((form) => form.entity === entity && !form.flow)?.key ?? null;
}
