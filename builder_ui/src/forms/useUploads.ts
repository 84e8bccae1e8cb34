// Files on their way to the server: an entry is not whole before they are there.
import { createContext, useCallback, useContext, useRef, useState } from "react";

/** Something was to be sent together with a file that did not arrive. */
export class FileMissing extends Error {
  constructor() {
    super("a file did not arrive");
    this.name = "FileMissing";
  }
}

export interface Uploads {
  /** How many are under way. */
  count: number;
  /** Count `work` as under way until it ends. */
  track: <T>(work: Promise<T>) => Promise<T>;
  /** After all have arrived. Raises `FileMissing` if one of them did not. */
  settled: () => Promise<void>;
}

export function useUploads(): Uploads {
  const [count, setCount] = useState(0);
  const running = useRef(new Set<Promise<unknown>>());
  const track = useCallback(async <T>(work: Promise<T>): Promise<T> => {
    running.current.add(work);
    setCount(running.current.size);
    try {
      return await work;
    } finally {
      running.current.delete(work);
      setCount(running.current.size);
    }
  }, []);
  const settled = useCallback(async () => {
    let isWhole = true;
    // others may be picked while these are awaited
    while (running.current.size > 0) {
      const ends = await Promise.allSettled(running.current);
      isWhole = isWhole && ends.every((end) => end.status === "fulfilled");
    }
    if (!isWhole) throw new FileMissing();
  }, []);
  return { count, track, settled };
}

const Tracking = createContext<Uploads["track"]>((work) => work);
/** Above fields: the entry to which their uploads belong. */
export const UploadsProvider = Tracking.Provider;

export function useTracking(): Uploads["track"] {
  return useContext(Tracking);
}
