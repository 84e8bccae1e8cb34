// The flows that were run for a record: the latest whole, earlier ones on demand.
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type RecordPlace, useRecordInstances } from "../api/records";
import { useInstance } from "../api/tasks";
import type { InstanceBrief } from "../api/types";
import { Progress } from "../flow/Progress";
import { useLabel } from "../i18n/label";
import { useTimes } from "../i18n/times";
import { pendingOrFailed } from "../ui/states";

export function RecordFlows({ place }: { place: RecordPlace }) {
  const { t } = useTranslation();
  const label = useLabel();
  const times = useTimes();
  const instances = useRecordInstances(place);
  const [chosen, setChosen] = useState<string | null>(null);
  const items = instances.data?.items ?? [];
  const shown = chosen ?? items[0]?.id;
  if (instances.isError) return pendingOrFailed(instances, 3);
  if (shown === undefined) return null;
  const name = (item: InstanceBrief) =>
    `${label(item.flow_title)} · ${times.instant(item.started_at)} · ${t(`flow.status.${item.status}`)}`;
  return (
    <>
      {items.length > 1 && (
        <Select
          aria-label={t("record.instances")}
          value={shown}
          onChange={setChosen}
          options={items.map((item) => ({ value: item.id, label: name(item) }))}
        />
      )}
      <OneFlow id={shown} />
    </>
  );
}

function OneFlow({ id }: { id: string }) {
  const instance = useInstance(id);
  return pendingOrFailed(instance, 6) ?? (instance.data === undefined ? null : <Progress view={instance.data} />);
}
