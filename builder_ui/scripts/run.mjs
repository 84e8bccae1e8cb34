// Run a TypeScript program of this folder: `node scripts/run.mjs NAME ARGUMENTS…`.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const [, , name = "", ...given] = process.argv;

const built = await build({
  root,
  configFile: false,
  logLevel: "error",
  build: { ssr: `${root}scripts/${name}.ts`, write: false, target: "node22" },
  ssr: { noExternal: true },
});
const output = Array.isArray(built) ? built[0].output : built.output;
const folder = `${root}node_modules/.programs/${process.pid}`;
mkdirSync(folder, { recursive: true });
const file = `${folder}/${name}.mjs`;
writeFileSync(file, output[0].code);
const program = await import(pathToFileURL(file).href);
rmSync(folder, { recursive: true });
await program.main(given);
