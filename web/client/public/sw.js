/**
 * Keeps the patient's page for times without a line: its HTML (with the numbers and the emergency questions baked in)
 * and every file that HTML names. Nothing under /api or /socket.io and nothing about a patient is ever kept.
 */
const CACHE = "fyr-shell-1";
const PAGE = "/";
const PATIENCE_MS = 1500;

/** Addresses of our own that a page names. */
const namedIn = (html) => [...new Set(html.match(/\/(?:assets\/[\w.-]+|icon\.svg|manifest\.webmanifest)/g) ?? [])];

/** The page is kept only together with everything it needs; what it no longer names goes. */
async function keep(response) {
  const html = await response.clone().text();
  const cache = await caches.open(CACHE);
  const needed = namedIn(html);
  const missing = [];
  for (const path of needed) if (!(await cache.match(path))) missing.push(path);
  await cache.addAll(missing);
  await cache.put(PAGE, response);
  for (const kept of await cache.keys()) {
    const { pathname } = new URL(kept.url);
    if (pathname !== PAGE && !needed.includes(pathname)) await cache.delete(kept);
  }
}

async function fresh() {
  const response = await fetch(PAGE, { cache: "no-cache", credentials: "same-origin" });
  if (!response.ok) throw new Error("no page");
  return response;
}

/** The newest page when the line is good, else the kept one. */
async function page(event) {
  const coming = fresh();
  event.waitUntil(
    coming.then((response) => keep(response.clone())).catch(() => undefined), // without a line the kept page stays as it is
  );
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  const quick = await Promise.race([coming, late]).catch(() => undefined);
  return quick ? quick.clone() : ((await caches.match(PAGE)) ?? coming);
}

async function file(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

self.addEventListener("install", (event) =>
  event.waitUntil(
    fresh()
      .then(keep)
      .then(() => self.skipWaiting()),
  ),
);
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && url.pathname === PAGE) event.respondWith(page(event));
  else if (namedIn(url.pathname).length > 0) event.respondWith(file(request));
});
