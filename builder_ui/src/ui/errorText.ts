import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import { FileMissing } from "../forms/useUploads";

export interface ErrorText {
  message: string;
  requestId: string;
}

/** The server's own message where there is one, else ours. */
export function useErrorText(): (error: unknown) => ErrorText {
  const { t } = useTranslation();
  return useCallback(
    (error) => {
      if (error instanceof FileMissing) return { message: t("fields.fileMissing"), requestId: "" };
      if (!(error instanceof ApiError)) return { message: t("common.failed"), requestId: "" };
      const own = error.code === "unreachable" ? t("common.unreachable") : t("common.failed");
      return { message: error.body.message === "" ? own : error.body.message, requestId: error.body.request_id };
    },
    [t],
  );
}
