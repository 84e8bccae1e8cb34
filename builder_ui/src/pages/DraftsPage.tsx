import { App, Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useDiscardDraft, useDrafts } from "../api/drafts";
import type { Draft } from "../api/types";
import { useLabel } from "../i18n/label";
import { useTimes } from "../i18n/times";
import { useErrorText } from "../ui/errorText";
import { DeleteOutlined, EditOutlined } from "../ui/icons";
import { PageTitle } from "../ui/PageTitle";
import { Nothing, pendingOrFailed } from "../ui/states";

export default function DraftsPage() {
  const { t } = useTranslation();
  const drafts = useDrafts();
  const items = drafts.data?.items ?? [];
  return (
    <>
      <PageTitle title={t("inbox.drafts.title")} />
      {pendingOrFailed(drafts) ??
        (items.length === 0 ? (
          <div className="surface">
            <Nothing title={t("inbox.drafts.empty")} hint={t("inbox.drafts.emptyHint")} />
          </div>
        ) : (
          <ul className="stack">
            {items.map((draft) => (
              <li key={draft.id}>
                <DraftLine draft={draft} />
              </li>
            ))}
          </ul>
        ))}
    </>
  );
}

/** What somebody wrote first is the best name of a draft. */
function firstWords(draft: Draft): string {
  const texts = Object.values(draft.values).filter((value) => typeof value === "string" && value.trim() !== "");
  return String(texts.find((text) => !/^[0-9a-f]{24}$/.test(String(text))) ?? "");
}

function DraftLine({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const label = useLabel();
  const times = useTimes();
  const navigate = useNavigate();
  const discard = useDiscardDraft();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const address = `/apps/${draft.app}/forms/${draft.form}?draft=${draft.id}`;
  return (
    <div className="surface padded row between wrap">
      <div>
        <div className="card-title">{firstWords(draft) || t("inbox.drafts.unnamed")}</div>
        <div className="quiet">
          {label(draft.form_title)} · {t("inbox.drafts.savedAt", { at: times.instant(draft.updated_at) })}
        </div>
      </div>
      <div className="row">
        <Button type="primary" icon={<EditOutlined />} onClick={() => void navigate(address)}>
          {t("inbox.drafts.continue")}
        </Button>
        <Popconfirm
          title={t("inbox.drafts.deleteAsk")}
          description={t("inbox.drafts.deleteHint")}
          okText={t("common.delete")}
          onConfirm={() =>
            discard.mutate(draft.id, { onError: (error) => void message.error(errorText(error).message) })
          }
        >
          <Button icon={<DeleteOutlined />} aria-label={t("common.delete")} loading={discard.isPending} />
        </Popconfirm>
      </div>
    </div>
  );
}
