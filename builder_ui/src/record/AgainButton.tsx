import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { saveDraft } from "../api/drafts";
import type { AppDetail } from "../api/types";
import { useSession } from "../app/session";
import { useErrorText } from "../ui/errorText";
import { FormOutlined } from "../ui/icons";
import { formAgain, valuesAgain } from "./again";
import type { RecordParts } from "./parts";

/** Offers whoever made a request that was withdrawn or rejected to go on from what it said, as a new draft. */
export function AgainButton({ app, parts: { entity, record } }: { app: AppDetail; parts: RecordParts }) {
  const { t } = useTranslation();
  const { member } = useSession();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const [isMaking, setMaking] = useState(false);
  const form = formAgain(app, entity.key);
  const isOver = record.flow_status === "withdrawn" || record.flow_status === "rejected";
  if (!isOver || form === null || record.created_by !== member.id) return null;
  const open = async () => {
    setMaking(true);
    try {
      const draft = await saveDraft({ app: app.key, form }, null, valuesAgain(entity, record));
      await navigate(`/apps/${app.key}/forms/${form}?draft=${draft.id}`);
    } catch (error) {
      void message.error(errorText(error).message);
    }
    setMaking(false);
  };
  return (
    <Button type="primary" icon={<FormOutlined />} loading={isMaking} onClick={() => void open()}>
      {t("record.again")}
    </Button>
  );
}
