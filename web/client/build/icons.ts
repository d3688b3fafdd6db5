/** Draws the icons an installed app needs, from our own `icon.svg`. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import type { Plugin } from "vite";

/** A maskable icon is cut to any shape within the middle four fifths; its ground goes to the edge. */
const SAFE = 0.78;
const SIDE = 64;
const SIZES = [
  { name: "icon-180.png", side: 180, maskable: true },
  { name: "icon-192.png", side: 192, maskable: false },
  { name: "icon-512.png", side: 512, maskable: false },
  { name: "icon-maskable-512.png", side: 512, maskable: true },
];

/** The same picture with its ground to the edge and the rest within what is never cut off. */
function maskable(svg: string): string {
  const inset = (SIDE * (1 - SAFE)) / 2;
  const [ground = "", rest = ""] = split(svg);
  return `${ground.replace(/ rx="\d+"/, "")}<g transform="translate(${inset} ${inset}) scale(${SAFE})">${rest.replace("</svg>", "</g></svg>")}`;
}

/** Up to and with the ground (the first rectangle), and what is drawn on it. */
function split(svg: string): [string, string] {
  const end = svg.indexOf("/>") + 2;
  if (!/<rect [^>]*rx="\d+"/.test(svg.slice(0, end))) throw new Error("icon.svg does not begin with its ground");
  return [svg.slice(0, end), svg.slice(end)];
}

export function icons(path: string): Plugin {
  return {
    name: "icons",
    apply: "build",
    async generateBundle() {
      const svg = readFileSync(path, "utf8");
      await initWasm(readFileSync(createRequire(import.meta.url).resolve("@resvg/resvg-wasm/index_bg.wasm")));
      for (const { name, side, maskable: cut } of SIZES) {
        const picture = new Resvg(cut ? maskable(svg) : svg, { fitTo: { mode: "width", value: side } });
        this.emitFile({ type: "asset", fileName: name, source: picture.render().asPng() });
      }
    },
  };
}
