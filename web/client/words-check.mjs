/** Catalogues drift: every area has the same keys, plural forms and {fields} in every language. Exits 1 and says where. */
import { readdirSync, readFileSync } from "node:fs";

const LANGUAGES = ["sv", "nb", "en"];
const folder = new URL("src/words/", import.meta.url);
const areas = new Set(readdirSync(folder).map((name) => name.split(".")[0]));
const problems = [];

const read = (area, language) => JSON.parse(readFileSync(new URL(`${area}.${language}.json`, folder), "utf8"));
const shape = (entry) => (typeof entry === "string" ? "text" : Object.keys(entry).sort().join("+"));
const fields = (entry) => [...new Set(JSON.stringify(entry).match(/\{\w+\}/g) ?? [])].sort().join(" ");

function compare(area, language, own, other) {
  for (const key of new Set([...Object.keys(own), ...Object.keys(other)])) {
    const where = `${area}.${language} ${key}`;
    if (!(key in own) || !(key in other)) problems.push(`${where}: missing in one language`);
    else if (shape(own[key]) !== shape(other[key])) problems.push(`${where}: another plural shape`);
    else if (fields(own[key]) !== fields(other[key])) problems.push(`${where}: other fields`);
  }
}

for (const area of areas) {
  const first = read(area, LANGUAGES[0]);
  for (const language of LANGUAGES.slice(1)) compare(area, language, read(area, language), first);
}
process.stderr.write(problems.map((problem) => `${problem}\n`).join(""));
process.exitCode = problems.length ? 1 : 0;
