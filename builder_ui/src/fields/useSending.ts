// Files sent one by one as they are picked; each is added to the value when the server has it.
import { useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { uploadFile } from "../api/client";
import type { AttachmentField, FileValue, ImageField } from "../api/types";
import { useTracking } from "../forms/useUploads";
import { useErrorText } from "../ui/errorText";
import type { EditProps } from "./contract";
import { filesOf, MAX_FILES, MAX_SIZE_MB, refusalOf } from "./files";

export interface Sending {
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

export function useSending({ field, value, onChange }: EditProps<AttachmentField | ImageField>) {
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

export function limitsOf(field: AttachmentField | ImageField) {
  return { count: field.max_files ?? MAX_FILES, size: field.max_size_mb ?? MAX_SIZE_MB };
}
