import { App } from "antd";
import { useNavigate } from "react-router";
import { useSwitchPerson } from "../api/session";
import { useErrorText } from "../ui/errorText";

/** Acting as somebody else begins on the start page: what is open now may not be his to see. */
export function useChangeOfPerson() {
  const { message } = App.useApp();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const change = useSwitchPerson();
  const changeTo = async (memberId: string | null, onDone?: () => void) => {
    await navigate("/");
    // whoever has unsaved changes was asked, and may have chosen to stay
    if (window.location.pathname !== "/") return;
    change.mutate(memberId, {
      onSuccess: () => onDone?.(),
      onError: (error) => void message.error(errorText(error).message),
    });
  };
  return { changeTo, isChanging: change.isPending };
}
