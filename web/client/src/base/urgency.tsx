/** The six levels, everywhere the same: colour and shape and word. */
import type { ContactSummary } from "../wire";
import { t } from "./words";
import "./urgency.css";

export type Level = ContactSummary["urgency"];

/** Most urgent first. */
export const LEVELS: readonly Level[] = ["immediate", "very_urgent", "urgent", "within_24h", "routine", "self_care"];

const SHAPES: Record<Level, string> = {
  immediate: "M8 1.5 15 14.5H1Z",
  very_urgent: "M8 .5 15.5 8 8 15.5.5 8Z",
  urgent: "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Z",
  within_24h: "M2 2h12v12H2Z",
  routine: "M1 5.5h14v5H1Z",
  self_care: "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm0 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Z",
};

/** The shape alone, for places where the word stands beside it. */
export function UrgencyShape({ level }: { level: Level }) {
  return (
    <svg class="urgency-shape" viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[level]} fill-rule="evenodd" />
    </svg>
  );
}

/** A level as a badge. */
export function Urgency({ level }: { level: Level }) {
  return (
    <span class="urgency" data-level={level}>
      <UrgencyShape level={level} />
      {t(`base.urgency_${level}`)}
    </span>
  );
}
