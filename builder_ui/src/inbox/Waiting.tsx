import { useTimes } from "../i18n/times";
import { useNow } from "./useNow";

/** How long something has been waiting, kept current by the minute. */
export function Waiting({ since }: { since: string }) {
  const times = useTimes();
  const now = useNow();
  return <time dateTime={since}>{times.duration(Math.max(0, now - new Date(since).getTime()))}</time>;
}
