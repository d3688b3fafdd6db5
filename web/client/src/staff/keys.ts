/** The workplace's keys. One letter each, and none while a text is being written (WCAG 2.1.4: they can be turned off). */
import { signal } from "@preact/signals";

export const KEYS = {
  j: "down",
  k: "up",
  n: "claim_next",
  e: "claim_this",
  r: "reply",
  "/": "templates",
  u: "urgency",
  i: "aside",
  b: "hand_back",
  h: "hand_over",
  v: "video",
  a: "admit",
  g: "guests",
  c: "close",
  d: "advise",
  m: "note",
  q: "form",
  t: "earlier",
  1: "emergency_call",
  x: "next_board",
  p: "call",
  f: "find",
  o: "know",
  w: "why",
  s: "search",
  ".": "show_new",
  "?": "keys",
} as const;

export type Action = (typeof KEYS)[keyof typeof KEYS];

const KEPT = "fyr-letter-keys";

/** False when the person has turned the letter keys off. */
export const letterKeys = signal(localStorage.getItem(KEPT) !== "off");

export function keepLetterKeys(on: boolean): void {
  letterKeys.value = on;
  localStorage.setItem(KEPT, on ? "on" : "off");
}

/** The action a key press asks for, or null when it belongs to a field, a dialog or the browser. */
export function actionOf(event: KeyboardEvent): Action | null {
  if (!letterKeys.value || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return null;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return null;
  return KEYS[event.key as keyof typeof KEYS] ?? null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
}
