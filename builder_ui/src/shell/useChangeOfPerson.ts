import { App } from "antd";
import { useEffect, useRef, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { useSwitchPerson } from "../api/session";
import { useErrorText } from "../ui/errorText";

const START = "/";

interface Wish {
  memberId: string | null;
}

/** Acting as somebody else begins on the start page: what is open now may not be his to see. */
export function useChangeOfPerson(onDone?: () => void) {
  const { message } = App.useApp();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { mutate, isPending } = useSwitchPerson();
  const [wanted, setWanted] = useState<Wish | null>(null);
  const begun = useRef<Wish | null>(null);

  useEffect(() => {
    // not before the page that was open is gone
    if (wanted === null || pathname !== START || begun.current === wanted) return;
    begun.current = wanted;
    mutate(wanted.memberId, {
      onSuccess: () => onDone?.(),
      onError: (error) => void message.error(errorText(error).message),
      onSettled: () => setWanted(null),
    });
  }, [wanted, pathname, mutate, onDone, message, errorText]);

  const changeTo = async (memberId: string | null) => {
    setWanted({ memberId });
    await navigate(START);
    // whoever has unsaved changes is asked, and may choose to stay
    if (window.location.pathname !== START) setWanted(null);
  };
  return { changeTo, isChanging: isPending || wanted !== null };
}
