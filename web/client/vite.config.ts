/** Three pages, one build, written to `web/static`: the patient's (`index.html`), the workplace, a guest's of a visit. */
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";
import { icons } from "./build/icons.ts";
import { serviceWorker } from "./build/service_worker.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Lays a `.br` and a `.gz` beside each script and style: the server sends those as they are to a browser that takes them. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        for (const [fileName, file] of Object.entries(bundle)) {
          if (!/\.(js|css)$/.test(fileName)) continue;
          const source = Buffer.from(file.type === "chunk" ? file.code : file.source);
          this.emitFile({ type: "asset", fileName: `${fileName}.br`, source: brotliCompressSync(source) });
          this.emitFile({ type: "asset", fileName: `${fileName}.gz`, source: gzipSync(source, { level: 9 }) });
        }
      },
    },
  };
}

export default defineConfig({
  publicDir: "public",
  plugins: [icons(here("public/icon.svg")), serviceWorker(here("build/service_worker.js")), compressed()],
  build: {
    outDir: here("../static"),
    emptyOutDir: true,
    target: "es2022",
    sourcemap: false,
    assetsInlineLimit: 0, // the content security policy allows no data: addresses for scripts and fonts
    modulePreload: { polyfill: false },
    rolldownOptions: {
      checks: { pluginTimings: false },
      input: { index: here("index.html"), staff: here("staff.html"), guest: here("guest.html") },
    },
  },
});
