// Where files are picked, and what can be seen of them while they are sent.
import { Button, Progress, Upload } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { AttachmentField, ImageField } from "../api/types";
import { CloseOutlined, UploadOutlined } from "../ui/icons";
import type { EditProps } from "./contract";
import { limitsOf, type Sending, useSending } from "./useSending";

interface PickingProps extends EditProps<AttachmentField | ImageField> {
  /** Of what may be picked. */
  accept: readonly string[];
  children: ReactNode;
}

/** Around the files that are there: those under way, what went wrong, and the button. */
export function Picking({ accept, children, ...props }: PickingProps) {
  const { t } = useTranslation();
  const { sending, send, refusals, forget } = useSending(props);
  return (
    <div className="files">
      {children}
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
          accept={accept}
          onPick={(file, isFirst) => {
            if (isFirst) forget();
            void send(file);
          }}
        />
        <span className="quiet">{t("fields.uploadLimit", limitsOf(props.field))}</span>
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

interface PickButtonProps extends EditProps<AttachmentField | ImageField> {
  accept: readonly string[];
  /** Of each picked file; the first of those picked together says so. */
  onPick: (file: File, isFirst: boolean) => void;
}

function PickButton({ accept, field, id, label, describedBy, onPick }: PickButtonProps) {
  const { t } = useTranslation();
  const text = t(field.type === "image" ? "fields.uploadImages" : "fields.upload");
  return (
    <Upload
      multiple
      showUploadList={false}
      {...(accept.length > 0 ? { accept: accept.join(",") } : {})}
      beforeUpload={(file, all) => {
        onPick(file, file === all[0]);
        return false;
      }}
    >
      <Button id={id} icon={<UploadOutlined />} aria-label={`${text}: ${label}`} aria-describedby={describedBy}>
        {text}
      </Button>
    </Upload>
  );
}
