import { App } from "antd";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { loadAnew } from "../api/anew";
import { useSignOut } from "../api/session";
import { useErrorText } from "../ui/errorText";
import { useErrand } from "./useErrand";

/** Signing out: unsaved input is asked about while there is still a session to save it with. */
export function useLeaving(): () => void {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const errorText = useErrorText();
  const { mutate } = useSignOut();
  const end = useCallback(
    () =>
      mutate(undefined, {
        onSuccess: () => loadAnew("/sign-in"),
        // on a shared machine nobody may go away in the belief that it worked
        onError: (error) => void modal.error({ title: t("shell.stillSignedIn"), content: errorText(error).message }),
      }),
    [mutate, modal, t, errorText],
  );
  const leave = useErrand<null>("sign-out", end);
  return () => leave(null);
}
