/**
 * Keeps the page for times without a line, and offers a new build when one has come. It is never put under a page that is
 * open: the patient asks for it, and what is typed or waits survives the reload.
 */
import { signal } from "@preact/signals";
import { workerAddress } from "../base/worker_address";
import { flush } from "./typed";

const LOOK_EVERY_MS = 60 * 60 * 1000;

/** A new build that lies ready on this device. */
export const newBuild = signal<ServiceWorker | null>(null);

/** A browser that will not keep the page (a self-made certificate, private browsing) still shows it. */
export async function keepShell(): Promise<void> {
  const kept = await navigator.serviceWorker.register(workerAddress()).catch(() => null);
  if (!kept) return;
  newBuild.value = kept.waiting;
  kept.addEventListener("updatefound", () => offerOnceReady(kept.installing));
  lookNowAndThen(kept);
}

/** The first build of all replaces nothing. */
function offerOnceReady(coming: ServiceWorker | null): void {
  coming?.addEventListener("statechange", () => {
    if (coming.state === "installed" && navigator.serviceWorker.controller) newBuild.value = coming;
  });
}

/** An installed app may stay open for weeks. */
function lookNowAndThen(kept: ServiceWorkerRegistration): void {
  let lookedAt = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - lookedAt < LOOK_EVERY_MS) return;
    lookedAt = Date.now();
    void kept.update().catch(() => undefined); // without a line there is nothing to find
  });
}

/** Keeps what is typed, lets the new build take over, and loads the page anew. */
export async function takeNewBuild(): Promise<void> {
  await flush();
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  newBuild.value?.postMessage("use");
}
