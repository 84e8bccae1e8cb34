// Signing: a name drawn with mouse, finger or pen, or typed by whoever cannot draw.
import { Button, Input, Modal, Segmented } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { blank, HEIGHT, pictureOf, WIDTH, writeName } from "./signaturePaper";
import { useDrawing } from "./useDrawing";

interface SignatureDialogProps {
  isOpen: boolean;
  title: string;
  onClose: () => void;
  onSigned: (picture: Blob) => void;
}

export function SignatureDialog({ isOpen, title, onClose, onSigned }: SignatureDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      open={isOpen}
      title={t("fields.signatureOf", { label: title })}
      footer={null}
      width="min(640px, 100vw)"
      destroyOnHidden
      onCancel={onClose}
    >
      <Paper onClose={onClose} onSigned={onSigned} />
    </Modal>
  );
}

type Way = "draw" | "type";

function Paper({ onClose, onSigned }: Pick<SignatureDialogProps, "onClose" | "onSigned">) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [way, setWay] = useState<Way>("draw");
  const [name, setName] = useState("");
  const [isBlank, setBlank] = useState(true);
  const drawing = useDrawing(canvas, () => setBlank(false));
  const clear = () => {
    blank(canvas.current);
    setName("");
    setBlank(true);
  };
  useEffect(() => blank(canvas.current), []);
  const type = (text: string) => {
    setName(text);
    writeName(canvas.current, text);
    setBlank(text.trim() === "");
  };
  const finish = async () => {
    const picture = await pictureOf(canvas.current);
    if (picture !== null) onSigned(picture);
  };
  return (
    <div className="signing">
      <Segmented<Way>
        aria-label={t("fields.signBy")}
        value={way}
        options={[
          { value: "draw", label: t("fields.signByHand") },
          { value: "type", label: t("fields.signByKeyboard") },
        ]}
        onChange={(next) => {
          setWay(next);
          clear();
        }}
      />
      {way === "type" && (
        <Input
          value={name}
          maxLength={60}
          aria-label={t("fields.yourName")}
          placeholder={t("fields.yourName")}
          onChange={(event) => type(event.target.value)}
          onPressEnter={() => void (isBlank ? undefined : finish())}
        />
      )}
      <canvas
        ref={canvas}
        className="signature-paper"
        width={WIDTH}
        height={HEIGHT}
        aria-label={t(way === "draw" ? "fields.signHere" : "fields.signedSo")}
        {...(way === "draw" ? drawing : {})}
      />
      {way === "draw" && <span className="quiet">{t("fields.signHere")}</span>}
      <div className="row wrap end">
        <Button disabled={isBlank} onClick={clear}>
          {t("fields.signatureClear")}
        </Button>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" disabled={isBlank} onClick={() => void finish()}>
          {t("fields.signatureUse")}
        </Button>
      </div>
    </div>
  );
}
