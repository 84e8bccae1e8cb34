import { useEffect, useState } from "react";
import { useTimes } from "../i18n/times";

const MINUTE = 60_000;

/** How long something has been waiting, kept current by the minute. */
export function Waiting({ since }: { since: string }) {
  const times = useTimes();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE);
    return () => clearInterval(timer);
  }, []);
  return <time dateTime={since}>{times.duration(Math.max(0, now - new Date(since).getTime()))}</time>;
}
