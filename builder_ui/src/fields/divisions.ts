// The administrative divisions of China by name, read when somebody is about to choose one.
import { useCallback, useState } from "react";

export interface Division {
  name: string;
  inner: readonly Division[];
}

interface Option {
  text: string;
  children?: Option[];
}

function divisionOf({ text, children }: Option): Division {
  return { name: text, inner: (children ?? []).map(divisionOf) };
}

async function load(): Promise<readonly Division[]> {
  const { useCascaderAreaData } = await import("@vant/area-data");
  // no hook in spite of its name: it puts the lists of the package into a tree
  const read = useCascaderAreaData;
  return read().map(divisionOf);
}

let known: Promise<readonly Division[]> | null = null;

/** The provinces as soon as `need` was called; without them what is typed is taken as it is. */
export function useDivisions(): { provinces: readonly Division[]; need: () => void } {
  const [provinces, setProvinces] = useState<readonly Division[]>([]);
  const need = useCallback(() => {
    known ??= load();
    known.then(setProvinces, () => {
      known = null;
    });
  }, []);
  return { provinces, need };
}

export function within(divisions: readonly Division[], name: string): readonly Division[] {
  return divisions.find((division) => division.name === name)?.inner ?? [];
}
