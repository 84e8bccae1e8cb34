import { App, Button, Progress, Upload } from "antd";
import { useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { fileAddress, uploadFile } from "../api/client";
import type { AttachmentField, FileValue } from "../api/types";
import { useErrorText } from "../ui/errorText";
import { DeleteOutlined, PaperClipOutlined, UploadOutlined } from "../ui/icons";
import type { EditProps, FieldParts, ShowProps } from "./contract";
import { filesOf, MAX_FILES, MAX_SIZE_MB, refusalOf, sizeText } from "./files";

interface Sending {
  key: number;
  name: string;
  percent: number;
}

/** Sends files one by one as they are picked; each is added to the value when the server has it. */
function useSending({ field, value, onChange }: EditProps<AttachmentField>) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const [sending, setSending] = useState<Sending[]>([]);
  const present = useRef<FileValue[]>([]);
  useLayoutEffect(() => {
    present.current = filesOf(value);
  });
  const underWay = useRef(0);

  const send = async (file: File) => {
    const limits = { count: field.max_files ?? MAX_FILES, size: field.max_size_mb ?? MAX_SIZE_MB };
    const refusal = refusalOf(field, file, present.current.length + underWay.current);
    if (refusal !== null) {
      void message.error(t("fields.uploadFailed", { name: file.name, reason: t(`fields.${refusal}`, limits) }));
      return;
    }
    const key = Date.now() + Math.random();
    underWay.current += 1;
    setSending((all) => [...all, { key, name: file.name, percent: 0 }]);
    try {
      const onProgress = (percent: number) =>
        setSending((all) => all.map((one) => (one.key === key ? { ...one, percent } : one)));
      const stored = await uploadFile(file, { onProgress });
      present.current = [...present.current, stored];
      onChange(present.current.map((kept) => ({ ...kept })));
    } catch (error) {
      void message.error(t("fields.uploadFailed", { name: file.name, reason: errorText(error).message }));
    } finally {
      underWay.current -= 1;
      setSending((all) => all.filter((one) => one.key !== key));
    }
  };
  return { sending, send };
}

function Edit(props: EditProps<AttachmentField>) {
  const { t } = useTranslation();
  const { field, id, label, value, onChange, describedBy } = props;
  const { sending, send } = useSending(props);
  const files = filesOf(value);
  const limits = { count: field.max_files ?? MAX_FILES, size: field.max_size_mb ?? MAX_SIZE_MB };
  return (
    <div className="files">
      <FileList
        files={files}
        onRemove={(gone) => onChange(files.filter((file) => file.id !== gone).map((file) => ({ ...file })))}
      />
      {sending.map((one) => (
        <div key={one.key} className="file-line">
          <span>{t("fields.uploading", { name: one.name })}</span>
          <Progress percent={one.percent} size="small" aria-label={t("fields.uploading", { name: one.name })} />
        </div>
      ))}
      <div className="row wrap">
        <Upload
          multiple
          showUploadList={false}
          {...(field.accept ? { accept: field.accept.join(",") } : {})}
          beforeUpload={(file) => {
            void send(file);
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
        <span className="quiet">{t("fields.uploadLimit", limits)}</span>
      </div>
    </div>
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
