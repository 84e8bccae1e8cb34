// Writes src/api/schema.d.ts from openapi.json. Lives in a package of its own because the generator needs the
// compiler API of TypeScript 5; `--check` only says whether the written file is current.
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const source = new URL("../openapi.json", import.meta.url);
const target = new URL("../src/api/schema.d.ts", import.meta.url);
const generated = astToString(await openapiTS(source, { alphabetize: true, defaultNonNullable: false }));

if (process.argv.includes("--check")) {
  const current = await readFile(target, "utf8").catch(() => "");
  if (current !== generated) {
    process.stderr.write("src/api/schema.d.ts is not current: run `npm run types`\n");
    process.exitCode = 1;
  }
} else {
  await writeFile(target, generated);
}
