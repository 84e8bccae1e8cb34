import { useMemo } from "react";
import { serverNow } from "../../api/serverTime";
import type { Entity, Form, LocalFormulas, Rights, Values } from "../../api/types";
import { useSession } from "../../app/session";
import { workCalendars } from "../../formula/calendars";
import { LocalForm } from "./LocalForm";

interface Options {
  entity: Entity;
  form: Form | null;
  rights: Rights;
  formulas: LocalFormulas | null;
  /** Values of the record that is changed; null: it is a new one. */
  stored: Values | null;
}

/** The form's formulas for evaluation here; null where none were sent. */
export function useLocalForm({ entity, form, rights, formulas, stored }: Options): LocalForm | null {
  const settings = useSession().workspace;
  const workspace = useMemo(() => ({ zone: settings.zone, calendars: workCalendars(settings) }), [settings]);
  return useMemo(
    () =>
      formulas === null ? null : new LocalForm({ entity, form, rights, formulas, stored, workspace, now: serverNow }),
    [entity, form, rights, formulas, stored, workspace],
  );
}
