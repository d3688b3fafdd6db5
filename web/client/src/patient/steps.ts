/** The screens before a contact is open, with the browser's own back button. No address ever changes. */
import { signal } from "@preact/signals";

export type Screen = "start" | "screening" | "person" | "words";

export const screen = signal<Screen>("start");

/** Goes on to a screen; back leads to the one before, and nothing typed is lost. */
export function go(next: Screen): void {
  history.pushState({ screen: next }, "");
  screen.value = next;
}

export function back(): void {
  history.back();
}

/** From here on back does not lead into the opening screens again. */
export function restart(): void {
  history.replaceState({ screen: "start" }, "");
  screen.value = "start";
}

export function startSteps(): void {
  history.replaceState({ screen: "start" }, "");
  addEventListener("popstate", (event: PopStateEvent) => {
    screen.value = (event.state as { screen?: Screen } | null)?.screen ?? "start";
  });
}
