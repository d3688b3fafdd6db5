/** Writes `sw.js`: the worker of `service_worker.js` with this build's name and everything the patient's page may ask for. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin, Rolldown } from "vite";

const ALWAYS = ["icon.svg", "icon-192.png", "manifest.webmanifest"];

type Bundle = Rolldown.OutputBundle;

export function serviceWorker(source: string): Plugin {
  return {
    name: "service-worker",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const files = [...ALWAYS, ...neededBy(bundle, "index")].sort();
        const build = createHash("sha256").update(files.join()).digest("hex").slice(0, 12);
        const text = readFileSync(source, "utf8")
          .replace('"fyr-build-here"', JSON.stringify(build))
          .replace('["fyr-files-here"]', JSON.stringify(files.map((file) => `/${file}`)));
        this.emitFile({ type: "asset", fileName: "sw.js", source: text });
      },
    },
  };
}

/** The scripts an entry loads, at once or later, and the styles and fonts that belong to them. */
function neededBy(bundle: Bundle, entry: string): Set<string> {
  const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
  const pending = chunks.filter((chunk) => chunk.isEntry && chunk.name === entry).map((chunk) => chunk.fileName);
  const needed = new Set<string>();
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (needed.has(name)) continue;
    needed.add(name);
    const chunk = chunks.find((one) => one.fileName === name);
    if (!chunk) continue;
    pending.push(...chunk.imports, ...chunk.dynamicImports);
    pending.push(...(chunk.viteMetadata?.importedCss ?? []), ...(chunk.viteMetadata?.importedAssets ?? []));
  }
  for (const { fileName } of Object.values(bundle)) if (/\.woff2$/.test(fileName)) needed.add(fileName);
  return needed;
}
