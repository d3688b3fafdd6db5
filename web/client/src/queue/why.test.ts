import { expect, it } from "vitest";
import { lang } from "../base/words";
import "../staff/words";
import type { BoardRow } from "../wire";
import { orderOf, placeOf, whyWords } from "./why";

lang.value = "en";
const AT = Date.parse("2026-11-27T10:00:00Z");

function row(id: string, tier: number, due_min: number, more: Partial<BoardRow> = {}): BoardRow {
  const due = AT + due_min * 60_000;
  return {
    contact_id: id,
    unit_id: "u",
    status: "waiting",
    urgency: "urgent",
    assessed: true,
    reason: "Fever",
    needs: [],
    order: `${tier}${due}${AT}:${id}`,
    arrived_at: new Date(AT).toISOString(),
    target_at: new Date(AT + 30 * 60_000).toISOString(),
    ...more,
  } as BoardRow;
}

it("reads the order as the server wrote it", () => {
  expect(orderOf(row("a", 2, 30))).toEqual({ tier: 2, due: AT + 30 * 60_000 });
});

it("counts who waits before it at its own unit only", () => {
  const rows = [
    row("a", 2, 30),
    row("b", 0, 90),
    row("c", 2, 10, { status: "held" }),
    row("d", 1, 5, { unit_id: "other" }),
    row("e", 2, 40),
  ];
  expect(placeOf(rows[0] as BoardRow, rows)).toEqual({ place: 2, of: 3 });
  expect(placeOf(rows[2] as BoardRow, rows)).toBeNull();
});

it("says what puts it there, and what may still go before", () => {
  const urgent = row("a", 2, 30);
  const [stands, level, promised, passes] = whyWords(urgent, [urgent]);
  expect(stands).toContain("next");
  expect(level).toContain("Fever");
  expect(promised).toMatch(/promised/);
  expect(passes).toMatch(/\d\d:\d\d/);
  expect(whyWords(row("b", 0, 1, { urgency: "immediate" }), [])).toHaveLength(3);
  expect(whyWords(row("c", 2, 30, { assessed: false }), [])[1]).toContain("urgent");
});
