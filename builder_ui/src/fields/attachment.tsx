import { Button, Progress, Upload } from "antd";
import { useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { fileAddress, uploadFile } from "../api/client";
import type { AttachmentField, FileValue } from "../api/types";
import { useTracking } from "../forms/useUploads";
import { useErrorText } from "../ui/errorText";
import { CloseOutlined, DeleteOutlined, PaperClipOutlined, UploadOutlined } from "../ui/icons";
import type { EditProps, FieldParts, ShowProps } from "./contract";
import { filesOf, MAX_FILES, MAX_SIZE_MB, refusalOf, sizeText } from "./files";

interface Sending {
  key: number;
  name: string;
  percent: number;
  cancel: () => void;
}

/** Files that could not be added, each with its reason, until others are picked. */
function useRefusals() {
  const { t } = useTranslation();
  const [refusals, setRefusals] = useState<string[]>([]);
  const refuse = (name: string, reason: string) =>
    setRefusals((all) => [...all, t("fields.uploadFailed", { name, reason })]);
  return { refusals, refuse, forget: () => setRefusals([]) };
}

/** Sends files one by one as they are picked; each is added to the value when the server has it. */
function useSending({ field, value, onChange }: EditProps<AttachmentField>) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const track = useTracking();
  const { refusals, refuse, forget } = useRefusals();
  const [sending, setSending] = useState<Sending[]>([]);
  const present = useRef<FileValue[]>([]);
  useLayoutEffect(() => {
    present.current = filesOf(value);
  });
  const underWay = useRef(0);

  const upload = async (file: File, key: number, signal: AbortSignal) => {
    const onProgress = (percent: number) =>
      setSending((all) => all.map((one) => (one.key === key ? { ...one, percent } : one)));
    const stored = await uploadFile(file, { onProgress, signal });
    present.current = [...present.current, stored];
    onChange(present.current.map((kept) => ({ ...kept })));
  };
  const send = async (file: File) => {
    const refusal = refusalOf(field, file, present.current.length + underWay.current);
    if (refusal !== null) {
      refuse(file.name, t(`fields.${refusal}`, limitsOf(field)));
      return;
    }
    const key = Date.now() + Math.random();
    const given = new AbortController();
    underWay.current += 1;
    setSending((all) => [...all, { key, name: file.name, percent: 0, cancel: () => given.abort() }]);
    try {
      await track(upload(file, key, given.signal));
    } catch (error) {
      if (!given.signal.aborted) refuse(file.name, errorText(error).message);
    } finally {
      underWay.current -= 1;
      setSending((all) => all.filter((one) => one.key !== key));
    }
  };
  return { sending, send, refusals, forget };
}

function limitsOf(field: AttachmentField) {
  return { count: field.max_files ?? MAX_FILES, size: field.max_size_mb ?? MAX_SIZE_MB };
}

function Edit(props: EditProps<AttachmentField>) {
  const { t } = useTranslation();
  const { field, value, onChange } = props;
  const { sending, send, refusals, forget } = useSending(props);
  const files = filesOf(value);
  return (
    <div className="files">
      <FileList
        files={files}
        onRemove={(gone) => onChange(files.filter((file) => file.id !== gone).map((file) => ({ ...file })))}
      />
      {sending.map((one) => (
        <SendingLine key={one.key} sending={one} />
      ))}
      {refusals.map((refusal) => (
        <div key={refusal} className="fault" role="alert">
          {refusal}
        </div>
      ))}
      <div className="row wrap">
        <PickButton
          {...props}
          onPick={(file, isFirst) => {
            if (isFirst) forget();
            void send(file);
          }}
        />
        <span className="quiet">{t("fields.uploadLimit", limitsOf(field))}</span>
      </div>
    </div>
  );
}

function SendingLine({ sending: { name, percent, cancel } }: { sending: Sending }) {
  const { t } = useTranslation();
  return (
    <div className="file-line">
      <div className="row between">
        <span>{t("fields.uploading", { name })}</span>
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={t("fields.cancelUpload", { name })}
          onClick={cancel}
        />
      </div>
      <Progress percent={percent} size="small" aria-label={t("fields.uploading", { name })} />
    </div>
  );
}

interface PickButtonProps extends EditProps<AttachmentField> {
  /** Of each picked file; the first of those picked together says so. */
  onPick: (file: File, isFirst: boolean) => void;
}

function PickButton({ field, id, label, describedBy, onPick }: PickButtonProps) {
  const { t } = useTranslation();
  return (
    <Upload
      multiple
      showUploadList={false}
      {...(field.accept ? { accept: field.accept.join(",") } : {})}
      beforeUpload={(file, all) => {
        onPick(file, file === all[0]);
        return false;
      }}
    >
      <Button
        id={id}
        icon={<UploadOutlined />}
        aria-label={`${t("fields.upload")}: ${label}`}
        aria-describedby={describedBy}
      >
        {t("fields.upload")}
      </Button>
    </Upload>
  );
}

function FileList({ files, onRemove }: { files: FileValue[]; onRemove?: (id: string) => void }) {
  const { t } = useTranslation();
  if (files.length === 0) return null;
  return (
    <ul className="file-list">
      {files.map((file) => (
        <li key={file.id} className="file-line row">
          <a href={fileAddress(file.id)} download={file.name} aria-label={t("fields.download", { name: file.name })}>
            <PaperClipOutlined /> {file.name}
          </a>
          <span className="quiet nowrap">{sizeText(file.size)}</span>
          {onRemove && (
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t("fields.removeFile", { name: file.name })}
              onClick={() => onRemove(file.id)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function Show({ value }: ShowProps<AttachmentField>) {
  return <FileList files={filesOf(value)} />;
}

export const attachment: FieldParts<AttachmentField> = { Edit, Show };
