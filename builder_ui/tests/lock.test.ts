import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Lock {
  packages: Record<string, { optionalDependencies?: Record<string, string>; resolved?: string }>;
}

describe.each(["../package-lock.json", "../codegen/package-lock.json"])("%s", (file) => {
  const lock = JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8")) as Lock;

  it("names every optional package, so that a clean install works on each platform", () => {
    const missing: string[] = [];
    for (const [place, entry] of Object.entries(lock.packages)) {
      for (const name of Object.keys(entry.optionalDependencies ?? {})) {
        const places = [`${place}/node_modules/${name}`, `node_modules/${name}`];
        if (!places.some((candidate) => candidate in lock.packages)) missing.push(name);
      }
    }
    expect(missing).toEqual([]);
  });

  it("names no host that packages came from", () => {
    expect(Object.values(lock.packages).filter((entry) => entry.resolved !== undefined)).toEqual([]);
  });
});
