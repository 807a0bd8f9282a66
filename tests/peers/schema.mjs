// Prints, as JSON, which lines of a file of JSON Lines break a JSON Schema: [line, what is wrong].
//
//     node schema.mjs SCHEMA FILE.jsonl

import { readFileSync } from "node:fs";
import process from "node:process";
import Ajv from "ajv/dist/2020.js";
import formats from "ajv-formats";

const [schema, lines] = process.argv.slice(2).map((path) => readFileSync(path, "utf-8"));
const ajv = new Ajv.default({ strict: true, allErrors: true });
formats.default(ajv);
const holds = ajv.compile(JSON.parse(schema));
const broken = lines
  .split("\n")
  .slice(0, -1)
  .map((line, at) => [at + 1, holds(JSON.parse(line)) ? "" : ajv.errorsText(holds.errors)])
  .filter(([, words]) => words);
process.stdout.write(JSON.stringify(broken) + "\n");
