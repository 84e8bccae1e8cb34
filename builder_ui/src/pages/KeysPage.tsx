import { Alert, App, Button, Form, Input, Modal, Popconfirm, Tag } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCreateKey, useKeys, useRevokeKey } from "../api/keys";
import type { ApiKey } from "../api/types";
import { useTimes } from "../i18n/times";
import { useErrorText } from "../ui/errorText";
import { CopyOutlined, PlusOutlined } from "../ui/icons";
import { PageTitle } from "../ui/PageTitle";
import { Failed, Nothing, pendingOrFailed } from "../ui/states";

export default function KeysPage() {
  const { t } = useTranslation();
  const keys = useKeys();
  const [isOpen, setOpen] = useState(false);
  const items = keys.data?.items ?? [];
  return (
    <>
      <PageTitle title={t("keys.title")}>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen(true)}>
          {t("keys.create")}
        </Button>
      </PageTitle>
      <p className="quiet">{t("keys.intro")}</p>
      {pendingOrFailed(keys) ??
        (items.length === 0 ? (
          <div className="surface">
            <Nothing title={t("keys.empty")} hint={t("keys.emptyHint")} />
          </div>
        ) : (
          <ul className="stack">
            {items.map((key) => (
              <li key={key.id}>
                <KeyLine apiKey={key} />
              </li>
            ))}
          </ul>
        ))}
      {isOpen && <NewKey onDone={() => setOpen(false)} />}
    </>
  );
}

function KeyLine({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const times = useTimes();
  const revoke = useRevokeKey();
  const errorText = useErrorText();
  const isRevoked = apiKey.revoked_at !== null;
  return (
    <div className="surface padded row between wrap">
      <div>
        <div className="row wrap">
          <span className="card-title">{apiKey.title}</span>
          <Tag color={isRevoked ? "default" : "success"}>{isRevoked ? t("keys.revoked") : t("keys.active")}</Tag>
        </div>
        <div className="quiet">
          {t("keys.prefix")} <code>{apiKey.prefix}…</code> · {t("keys.createdAt")} {times.instant(apiKey.created_at)}
        </div>
      </div>
      {!isRevoked && (
        <Popconfirm
          title={t("keys.revokeAsk", { title: apiKey.title })}
          description={t("keys.revokeHint")}
          okText={t("keys.revoke")}
          okButtonProps={{ danger: true }}
          onConfirm={() =>
            revoke.mutate(apiKey.id, { onError: (error) => void message.error(errorText(error).message) })
          }
        >
          <Button danger loading={revoke.isPending}>
            {t("keys.revoke")}
          </Button>
        </Popconfirm>
      )}
    </div>
  );
}

function NewKey({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const create = useCreateKey();
  // a made key is shown this once: only the button that says it is kept takes it away
  const isMade = create.isSuccess;
  return (
    <Modal
      open
      title={isMade ? t("keys.made") : t("keys.create")}
      footer={null}
      closable={!isMade}
      keyboard={!isMade}
      mask={{ closable: !isMade }}
      onCancel={onDone}
    >
      {isMade ? <MadeKey token={create.data.token} onDone={onDone} /> : <KeyForm create={create} />}
    </Modal>
  );
}

function KeyForm({ create }: { create: ReturnType<typeof useCreateKey> }) {
  const { t } = useTranslation();
  return (
    <Form
      layout="vertical"
      className="spaced-faults"
      onFinish={({ title }: { title: string }) => create.mutate(title.trim())}
    >
      <Form.Item
        name="title"
        label={t("keys.name")}
        rules={[{ required: true, whitespace: true, message: t("keys.nameNeeded") }]}
      >
        <Input maxLength={100} placeholder={t("keys.namePlaceholder")} />
      </Form.Item>
      <div className="stack">
        {create.isError && <Failed error={create.error} />}
        <Button type="primary" htmlType="submit" block loading={create.isPending}>
          {t("keys.create")}
        </Button>
      </div>
    </Form>
  );
}

/** Browsers give their clipboard to pages of https and localhost only; elsewhere the key is selected for copying. */
function useCopy(token: string) {
  const [state, setState] = useState<"shown" | "copied" | "selected">("shown");
  const place = useRef<TextAreaRef>(null);
  const select = () => {
    place.current?.focus({ cursor: "all" });
    setState("selected");
  };
  const copy = () => {
    const clipboard: Clipboard | undefined = navigator.clipboard;
    if (clipboard === undefined) select();
    else clipboard.writeText(token).then(() => setState("copied"), select);
  };
  return { place, state, copy };
}

function MadeKey({ token, onDone }: { token: string; onDone: () => void }) {
  const { t } = useTranslation();
  const { place, state, copy } = useCopy(token);
  return (
    <div className="stack">
      <Alert type="warning" showIcon title={t("keys.madeHint")} />
      {/* not of its own height: to measure that, the key would be copied into the page and stay there */}
      <Input.TextArea ref={place} readOnly rows={2} value={token} aria-label={t("keys.made")} />
      {state === "selected" && <output className="quiet">{t("keys.selected")}</output>}
      <div className="row wrap">
        <Button icon={<CopyOutlined />} onClick={copy}>
          {state === "copied" ? t("keys.copied") : t("keys.copy")}
        </Button>
        <Button type="primary" onClick={onDone}>
          {t("keys.done")}
        </Button>
      </div>
    </div>
  );
}
