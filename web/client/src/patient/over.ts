/** A page that lies over whatever is shown, until one goes back: the browser's own back button closes it too. */
import { signal } from "@preact/signals";

export type Over = "sight" | "booking" | "services" | "followup" | "signin";

export const over = signal<Over | null>(null);

export function lay(page: Over): void {
  if (over.value === page) return;
  history.pushState({ ...history.state, over: page }, "");
  over.value = page;
}

export function watchBack(): void {
  addEventListener("popstate", (event: PopStateEvent) => {
    over.value = (event.state as { over?: Over } | null)?.over ?? null;
  });
}
