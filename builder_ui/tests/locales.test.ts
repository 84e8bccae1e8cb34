import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const folder = join(import.meta.dirname, "../src/locales");

type Texts = { [key: string]: string | Texts };

function texts(language: string, file: string): Texts {
  return JSON.parse(readFileSync(join(folder, language, file), "utf8")) as Texts;
}

/** Paths of all texts; the plural forms of one text count once, since languages have different ones. */
function flatten(part: Texts, above = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(part)) {
    const path = above === "" ? key : `${above}.${key}`;
    if (typeof value === "string") found.set(path.replace(/_(one|other)$/, ""), value);
    else for (const [inner, text] of flatten(value, path)) found.set(inner, text);
  }
  return found;
}

function sources(): string[] {
  const root = join(folder, "..");
  const names = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name));
  return names.map((name) => readFileSync(join(root, name), "utf8"));
}

function holes(text: string): string[] {
  return (text.match(/\{\{\w+\}\}/g) ?? []).sort();
}

describe("locales", () => {
  const files = readdirSync(join(folder, "zh-CN")).sort();

  it("has the same files in both languages", () => {
    expect(readdirSync(join(folder, "en")).sort()).toEqual(files);
  });

  it.each(files)("has the same texts in both languages: %s", (file) => {
    const [chinese, english] = [flatten(texts("zh-CN", file)), flatten(texts("en", file))];
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
    for (const [path, text] of chinese) {
      expect(text.trim(), path).not.toBe("");
      expect(holes(english.get(path) ?? ""), path).toEqual(holes(text));
    }
  });

  it("keeps no text that nothing shows", () => {
    const source = sources().join("\n");
    const isShown = (path: string) =>
      source.includes(`"${path}"`) || source.includes(`\`${path.slice(0, path.lastIndexOf("."))}.\${`);
    const all = files.flatMap((file) => [...flatten(texts("zh-CN", file), file.replace(".json", "")).keys()]);
    expect(all.filter((path) => !isShown(path))).toEqual([]);
  });

  it.each(files)("leaves nothing untranslated: %s", (file) => {
    for (const [path, text] of flatten(texts("en", file))) expect(text, path).not.toMatch(/[\u4e00-\u9fff]/);
  });
});
