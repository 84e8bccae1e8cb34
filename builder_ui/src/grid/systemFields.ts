// The fields that every record has without being authored, for columns and filters.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Entity, Field, FlowStatus, Json, RecordView } from "../api/types";
import { partsIn, usePartFields } from "../fields/composite";

const statuses: FlowStatus[] = ["running", "approved", "rejected", "withdrawn", "terminated"];

export type SystemKey =
  | "created_at"
  | "created_by"
  | "created_department"
  | "updated_at"
  | "updated_by"
  | "flow_status";

export function isSystemKey(key: string): key is SystemKey {
  return ["created_at", "created_by", "created_department", "updated_at", "updated_by", "flow_status"].includes(key);
}

export function useSystemFields(): Record<SystemKey, Field> {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      created_at: { key: "created_at", type: "datetime", title: t("grid.system.created_at") },
      created_by: { key: "created_by", type: "member", title: t("grid.system.created_by") },
      created_department: { key: "created_department", type: "department", title: t("grid.system.created_department") },
      updated_at: { key: "updated_at", type: "datetime", title: t("grid.system.updated_at") },
      updated_by: { key: "updated_by", type: "member", title: t("grid.system.updated_by") },
      flow_status: {
        key: "flow_status",
        type: "select",
        title: t("grid.system.flow_status"),
        options: statuses.map((key) => ({ key, title: t(`flow.status.${key}`) })),
      },
    }),
    [t],
  );
}

/** Fields of the entity with their parts, then those of every record. */
export function useAllFields(entity: Entity): Field[] {
  const system = useSystemFields();
  const partFields = usePartFields();
  return useMemo(
    () => [...entity.fields.flatMap((field) => [field, ...partFields(field)]), ...Object.values(system)],
    [entity, system, partFields],
  );
}

export function valueAt(record: RecordView, key: string): Json {
  if (isSystemKey(key)) return record[key];
  const [whole = "", part] = key.split(".");
  const value = record.values[whole] ?? null;
  return part === undefined ? value : (partsIn(value)[part] ?? null);
}
