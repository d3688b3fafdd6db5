/**
 * Keeps the patient's page for times without a line: its HTML (with the numbers and the emergency questions baked in)
 * and every file of this build. Nothing under /api or /socket.io and nothing about a patient is ever kept.
 *
 * A new build waits until the pages of the old one are closed, or until someone asks for it: a page that is open finds
 * every part of its own build for as long as it is open.
 */
const BUILD = "fyr-build-here";
const FILES = ["fyr-files-here"];
const PREFIX = "fyr-shell-";
const CACHE = PREFIX + BUILD;
const PAGE = "/";
const PATIENCE_MS = 1500;

async function fresh() {
  const response = await fetch(PAGE, { cache: "no-cache", credentials: "same-origin" });
  if (!response.ok) throw new Error("no page");
  return response;
}

/** True for HTML that needs only files of this build: another build's page is for another build's worker to keep. */
const isOurs = (html) => (html.match(/\/assets\/[\w.-]+/g) ?? []).every((path) => FILES.includes(path));

/** The numbers baked into the page may be newer than the build. */
async function keep(response) {
  if (isOurs(await response.clone().text())) await (await caches.open(CACHE)).put(PAGE, response);
}

/** The newest page when the line is good, else the kept one. */
async function page(event) {
  const coming = fresh();
  event.waitUntil(
    coming.then((response) => keep(response.clone())).catch(() => undefined), // without a line the kept page stays as it is
  );
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  const quick = await Promise.race([coming, late]).catch(() => undefined);
  return quick ? quick.clone() : ((await kept(PAGE)) ?? coming);
}

const kept = async (request) => (await caches.open(CACHE)).match(request, { ignoreVary: true });

/** This build's copy, else another's: what a page that is still open may need. */
async function file(request) {
  return (await kept(request)) ?? (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function install() {
  const cache = await caches.open(CACHE);
  const response = await fresh();
  await Promise.all([cache.addAll(FILES), cache.put(PAGE, response)]);
}

/** Other builds' files go once no page is open that may need them. */
async function tidy() {
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  if (open.length > 1) return;
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(tidy().then(() => self.clients.claim())));
self.addEventListener("message", (event) => {
  if (event.data === "use") void self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && url.pathname === PAGE) event.respondWith(page(event));
  else if (FILES.includes(url.pathname) || url.pathname.startsWith("/assets/")) event.respondWith(file(request));
});

/** A notice says that there is something to read; the server's words name nobody and nothing of what was written. */
self.addEventListener("push", (event) => {
  const told = event.data?.json() ?? {};
  const shown = { body: told.body, lang: told.lang, tag: "fyr", icon: "/icon-192.png", badge: "/icon-192.png" };
  event.waitUntil(self.registration.showNotification(told.title ?? "Fyr", shown));
});

/** A tap brings up the page that is open, else a new one: which contact it is about, only the session knows. */
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const open = clients.matchAll({ type: "window" }).then(([page]) => (page ? page.focus() : clients.openWindow(PAGE)));
  event.waitUntil(open);
});
