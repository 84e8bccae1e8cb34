import { Button } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { useApp } from "../api/apps";
import { type RecordPlace, useRecord } from "../api/records";
import { useMarkRead } from "../api/tasks";
import type { AppDetail, RecordView, Values } from "../api/types";
import { ToProgress } from "../flow/ToProgress";
import { useEntry } from "../forms/entry";
import { FormBody } from "../forms/FormBody";
import { conditionalKeys } from "../forms/layout";
import { useLabel } from "../i18n/label";
import { useTimes } from "../i18n/times";
import { LinksProvider } from "../links/place";
import { useDirectory } from "../people/directory";
import { AgainButton } from "../record/AgainButton";
import { DeleteButton } from "../record/DeleteButton";
import { History } from "../record/History";
import { type RecordParts, recordParts } from "../record/parts";
import { RecordEditor } from "../record/RecordEditor";
import { RecordFlows } from "../record/RecordFlows";
import { WithdrawButton } from "../record/WithdrawButton";
import { EditOutlined } from "../ui/icons";
import { PageTitle } from "../ui/PageTitle";
import { StatusTag } from "../ui/StatusTag";
import { Nothing, pendingOrFailed } from "../ui/states";

export default function RecordPage() {
  const { app = "", entity = "", id = "" } = useParams();
  const { t } = useTranslation();
  const place = useMemo(() => ({ app, entity, id }), [app, entity, id]);
  const [parameters] = useSearchParams();
  useMarkRead(parameters.get("copied"));
  const detail = useApp(app);
  const record = useRecord(place);
  const parts = useMemo(
    () => (detail.data && record.data ? recordParts(detail.data, entity, record.data) : null),
    [detail.data, record.data, entity],
  );
  // what was shown once stays when it cannot be fetched again: somebody may be typing
  if (record.data === undefined) return pendingOrFailed(record, 10);
  if (detail.data === undefined) return pendingOrFailed(detail, 10);
  if (parts === null) return <Nothing title={t("common.notFound")} hint={t("common.notFoundHint")} />;
  return (
    <LinksProvider app={app} titles={parts.record.links} record={place}>
      <RecordDetailPage key={id} place={place} app={detail.data} parts={parts} />
    </LinksProvider>
  );
}

function RecordDetailPage({ place, app, parts }: { place: RecordPlace; app: AppDetail; parts: RecordParts }) {
  const { t } = useTranslation();
  const label = useLabel();
  const [opened, setOpened] = useState<RecordParts | null>(null);
  const { record, entity } = parts;
  return (
    <>
      <PageTitle
        title={record.title || t("inbox.untitled")}
        above={`${label(app.title)} · ${label(entity.title)}`}
        beside={record.flow_status !== null && <StatusTag status={record.flow_status} />}
      >
        {opened === null && <WithdrawButton place={place} />}
        {opened === null && <AgainButton app={app} parts={parts} />}
        {opened === null && <DeleteButton place={place} version={record.version} />}
        {parts.canEdit && opened === null && (
          <Button icon={<EditOutlined />} onClick={() => setOpened(parts)}>
            {t("common.edit")}
          </Button>
        )}
      </PageTitle>
      <div className="row wrap">
        <Origin record={record} />
        {opened === null && record.flow_status !== null && <ToProgress />}
      </div>
      {opened !== null ? (
        <RecordEditor place={place} parts={opened} onDone={() => setOpened(null)} />
      ) : (
        <>
          <RecordShown key={record.version} parts={parts} />
          <RecordFlows place={place} />
          <History place={place} entity={entity} />
        </>
      )}
    </>
  );
}

function Origin({ record }: { record: RecordView }) {
  const { t } = useTranslation();
  const times = useTimes();
  const directory = useDirectory();
  const who = (id: string | null) => (id === null ? t("common.system") : directory.memberName(id));
  return (
    <div className="quiet">
      {t("record.createdBy", { name: who(record.created_by), at: times.instant(record.created_at) })}
      {record.version > 1 &&
        ` · ${t("record.updatedBy", { name: who(record.updated_by), at: times.instant(record.updated_at) })}`}
    </div>
  );
}

function isBlank(value: Values[string] | undefined): boolean {
  return value === undefined || value === null || value === "";
}

/** For reading; a field that is shown under a condition and holds nothing was not asked for. */
function RecordShown({ parts }: { parts: RecordParts }) {
  const { entity, form, record, readRights, failed } = parts;
  const conditional = useMemo(
    () => new Set([...conditionalKeys(form)].filter((key) => isBlank(record.values[key]))),
    [form, record],
  );
  const entry = useEntry({ entity, rights: readRights, initial: record.values, evaluate: null, failed }, conditional);
  return <FormBody form={form} entry={entry} />;
}
