/** The same person's tabs: one of them sends at a time, and all hear of a change. */

export interface Tabs {
  /** Runs when no other tab does. */
  alone(work: () => Promise<void>): Promise<void>;
  tell(what: News): void;
  onTold(heard: (what: News) => void): void;
}

/** changed: what waits is another; gone: somebody signed out. */
export type News = "changed" | "gone";

const NAME = "fyr-outbox";
/** A tab the phone has put to sleep may hold the lock for ever; taking it over is safe, since sending twice is. */
const TAKE_OVER_MS = 3_000;

export class BrowserTabs implements Tabs {
  private readonly channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(NAME) : null;

  async alone(work: () => Promise<void>): Promise<void> {
    if (!("locks" in navigator)) return work();
    try {
      await navigator.locks.request(NAME, { signal: AbortSignal.timeout(TAKE_OVER_MS) }, work);
    } catch (error) {
      const late = error instanceof DOMException && error.name === "TimeoutError";
      if (late && document.visibilityState === "visible") await this.takeOver(work);
      else if (!isInterrupted(error)) throw error;
    }
  }

  tell(what: News): void {
    this.channel?.postMessage(what);
  }

  onTold(heard: (what: News) => void): void {
    this.channel?.addEventListener("message", ({ data }: MessageEvent<News>) => heard(data));
  }

  private async takeOver(work: () => Promise<void>): Promise<void> {
    await navigator.locks.request(NAME, { steal: true }, work).catch((error: unknown) => {
      if (!isInterrupted(error)) throw error;
    });
  }
}

/** Waited too long in a tab nobody looks at, or another tab took over. */
function isInterrupted(error: unknown): boolean {
  return error instanceof DOMException && ["TimeoutError", "AbortError"].includes(error.name);
}
