/** What the page knows before any call: the server bakes it into the HTML, and the service worker keeps it. */
import type { Shell } from "../wire";

const baked = document.getElementById("fyr-shell")?.textContent ?? "";

/** Numbers to call are never guessed: a page the server did not fill in does not start. */
function read(text: string): Shell {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null) throw new Error("the page was not filled in by the server");
  return value as Shell;
}

export const shell: Shell = read(baked);
