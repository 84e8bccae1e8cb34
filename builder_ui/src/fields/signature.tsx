import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fileAddress, uploadFile } from "../api/client";
import type { SignatureField } from "../api/types";
import { useTracking } from "../forms/useUploads";
import { useLabel } from "../i18n/label";
import { useErrorText } from "../ui/errorText";
import { DeleteOutlined, SignatureOutlined } from "../ui/icons";
import type { EditProps, FieldParts, ShowProps } from "./contract";
import { filesOf } from "./files";
import { SignatureDialog } from "./SignatureDialog";

/** Sends the picture as any file is sent. */
function useSigning({ onChange }: EditProps<SignatureField>) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const track = useTracking();
  const [isSending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const sign = async (picture: Blob) => {
    const name = `${t("fields.signatureFile")}.png`;
    const file = new File([picture], name, { type: "image/png" });
    setRefusal(null);
    setSending(true);
    try {
      const upload = uploadFile(file, { onProgress: () => undefined, signal: new AbortController().signal });
      onChange([{ ...(await track(upload)) }]);
    } catch (error) {
      setRefusal(t("fields.uploadFailed", { name, reason: errorText(error).message }));
    } finally {
      setSending(false);
    }
  };
  return { isSending, refusal, sign };
}

function Edit(props: EditProps<SignatureField>) {
  const { t } = useTranslation();
  const { id, label, value, describedBy, onChange } = props;
  const { isSending, refusal, sign } = useSigning(props);
  const [isOpen, setOpen] = useState(false);
  const [signed] = filesOf(value);
  const text = t(signed === undefined ? "fields.sign" : "fields.signAgain");
  return (
    <div className="files">
      {signed !== undefined && (
        <img className="signature" src={fileAddress(signed.id)} alt={t("fields.signatureOf", { label })} />
      )}
      {refusal !== null && (
        <div className="fault" role="alert">
          {refusal}
        </div>
      )}
      <div className="row wrap">
        <Button
          id={id}
          icon={<SignatureOutlined />}
          loading={isSending}
          aria-label={`${text}: ${label}`}
          aria-describedby={describedBy}
          onClick={() => setOpen(true)}
        >
          {text}
        </Button>
        {signed !== undefined && (
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={`${t("fields.removeSignature")}: ${label}`}
            onClick={() => onChange(null)}
          />
        )}
      </div>
      <SignatureDialog
        isOpen={isOpen}
        title={label}
        onClose={() => setOpen(false)}
        onSigned={(picture) => {
          setOpen(false);
          void sign(picture);
        }}
      />
    </div>
  );
}

function Show({ field, value }: ShowProps<SignatureField>) {
  const { t } = useTranslation();
  const label = useLabel()(field.title);
  return (
    <>
      {filesOf(value).map((file) => (
        <img
          key={file.id}
          className="signature"
          src={fileAddress(file.id)}
          alt={t("fields.signatureOf", { label })}
          loading="lazy"
        />
      ))}
    </>
  );
}

export const signature: FieldParts<SignatureField> = { Edit, Show };
