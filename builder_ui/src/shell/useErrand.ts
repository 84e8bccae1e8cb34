// What is done on the start page: whatever is open is left first, so that whoever has unsaved input is asked, and may stay.
import { useEffect, useRef } from "react";
import { useLocation, useNavigate } from "react-router";

const START = "/";

interface Errand<T> {
  errand: string;
  wish: T;
}

function isErrand<T>(state: unknown, name: string): state is Errand<T> {
  return typeof state === "object" && state !== null && "errand" in state && state.errand === name;
}

/** The wish travels with the address: it arrives when the person really leaves, and is gone when he stays. */
export function useErrand<T>(name: string, run: (wish: T) => void): (wish: T) => void {
  const navigate = useNavigate();
  const { pathname, state, key } = useLocation();
  const begun = useRef<string | null>(null);
  useEffect(() => {
    if (pathname !== START || !isErrand<T>(state, name) || begun.current === key) return;
    begun.current = key;
    // or a reload would do it once more
    void navigate(START, { replace: true, state: null });
    run(state.wish);
  }, [pathname, state, key, name, run, navigate]);
  return (wish) => void navigate(START, { state: { errand: name, wish } satisfies Errand<T> });
}
