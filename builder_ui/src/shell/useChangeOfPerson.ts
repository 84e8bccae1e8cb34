import { App } from "antd";
import { useCallback } from "react";
import { useSwitchPerson } from "../api/session";
import { useErrorText } from "../ui/errorText";
import { useErrand } from "./useErrand";

/** Acting as somebody else begins on the start page: what is open now may not be his to see. */
export function useChangeOfPerson(name: string, onDone?: () => void) {
  const { message } = App.useApp();
  const errorText = useErrorText();
  const { mutate, isPending } = useSwitchPerson();
  const change = useCallback(
    (memberId: string | null) =>
      mutate(memberId, {
        onSuccess: () => onDone?.(),
        onError: (error) => void message.error(errorText(error).message),
      }),
    [mutate, onDone, message, errorText],
  );
  const changeTo = useErrand(name, change);
  return { changeTo, isChanging: isPending };
}
