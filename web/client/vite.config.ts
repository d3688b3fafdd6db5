/** Two pages, one build: the patient's page (`index.html`) and the workplace (`staff.html`), written to `web/static`. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  publicDir: "public",
  build: {
    outDir: here("../static"),
    emptyOutDir: true,
    target: "es2022",
    sourcemap: false,
    assetsInlineLimit: 0, // the content security policy allows no data: addresses for scripts and fonts
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { index: here("index.html"), staff: here("staff.html") } },
  },
});
