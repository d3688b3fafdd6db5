/** Why a contact stands where it stands, in sentences: the server's own order (`order`), said to a person. */
import type { Level } from "../base/urgency";
import { t } from "../base/words";
import { needWords } from "../routing/route";
import { clock } from "../staff/times";
import type { BoardRow } from "../wire";
import "./words";

const TIME_DIGITS = 13;

/** The order's own parts: tier, then until when a more urgent one may still go before, in milliseconds since 1970. */
export function orderOf({ order }: Pick<BoardRow, "order">): { tier: number; due: number } {
  return { tier: Number(order.slice(0, 1)), due: Number(order.slice(1, 1 + TIME_DIGITS)) };
}

export interface Place {
  /** 1 is next. */
  place: number;
  of: number;
}

/** Where it stands among those who wait at its unit; null for what does not wait. */
export function placeOf(row: BoardRow, rows: Iterable<BoardRow>): Place | null {
  if (row.status !== "waiting") return null;
  const waiting = [...rows].filter((one) => one.unit_id === row.unit_id && one.status === "waiting");
  const before = waiting.filter((one) => one.order < row.order).length;
  return { place: before + 1, of: waiting.length };
}

/** The sentences: where it stands, what puts it there, and what could still go before. */
export function whyWords(row: BoardRow, rows: Iterable<BoardRow>): string[] {
  const place = placeOf(row, rows);
  if (!place) return [t("queue.not_waiting")];
  const level = t(`base.urgency_${row.urgency}`);
  return [
    place.place === 1 ? t("queue.is_next", { n: place.of }) : t("queue.stands", { n: place.place, of: place.of }),
    row.assessed ? t("queue.level", { level, why: row.reason }) : t("queue.unassessed"),
    ...tierWords(row, row.urgency),
    ...row.needs.map((need) => t("queue.needs", { need: needWords(need) })),
  ];
}

function tierWords(row: BoardRow, level: Level): string[] {
  if (level === "immediate" || level === "very_urgent") return [t(`queue.tier_${level}`)];
  const due = clock(new Date(orderOf(row).due).toISOString());
  const times = { arrived: clock(row.arrived_at), target: clock(row.target_at), due };
  return [t("queue.promised", times), t("queue.passes", times)];
}
