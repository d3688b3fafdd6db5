/** Web push: asked for only when the patient taps, ended when they sign out or take it back. */
import { shell } from "../base/shell";
import type { Subscription } from "../wire";

/** True when this browser can show a notice while the page is closed. */
export const canPush = () => shell.push_key !== "" && "serviceWorker" in navigator && "PushManager" in window;

/** Asks the person and the browser; null when either says no. */
export async function subscribe(): Promise<Subscription | null> {
  if ((await Notification.requestPermission()) !== "granted") return null;
  const worker = await navigator.serviceWorker.ready;
  const applicationServerKey = bytes(shell.push_key);
  const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }).catch(() => null);
  const { endpoint, keys } = made?.toJSON() ?? {};
  return endpoint && keys?.p256dh && keys.auth ? { endpoint, p256dh: keys.p256dh, auth: keys.auth } : null;
}

/** The browser forgets that it was asked; the server hears of it with the next notice, or from the page. */
export async function unsubscribe(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const worker = await navigator.serviceWorker.getRegistration();
  const known = await worker?.pushManager?.getSubscription();
  await known?.unsubscribe();
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const base64 = base64url.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
