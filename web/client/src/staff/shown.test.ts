import { describe, expect, it } from "vitest";
import type { BoardRow } from "../wire";
import { countNew, isUnsettled, patched, type Rows, settled } from "./shown";

const AT = "2026-01-01T10:00:00.000Z";

function row(id: string, order: string, more: Partial<BoardRow> = {}): BoardRow {
  const level = { urgency: "urgent", assessed: true, could_be: "urgent", words: [], reason: "", rule: "" } as const;
  const person = { subject: "self", age_y: 40, age_m: null, sex: "f", lang: "sv", says_no: [] } as const;
  const times = { arrived_at: AT, target_at: AT, turn_since: AT, turn: "staff", visit: "" } as const;
  const place = { board_no: 1, unit_id: "u", status: "waiting", holder: null, claim_no: 0 } as const;
  return {
    contact_id: id,
    order,
    ...place,
    ...level,
    ...person,
    ...times,
    ...more,
    words: [],
    says_no: [],
    changed: [],
    asks_staff: [],
    asks_roles: [],
    call: null,
    offer: null,
    requests: [],
    escalated: null,
    net: "",
    needs: [],
    protected: false,
    letter: false,
    title: "",
  };
}

const table = (...rows: BoardRow[]): Rows => new Map(rows.map((one) => [one.contact_id, one]));
const ids = (shown: readonly { id: string }[]) => shown.map((one) => one.id).join(" ");
const sara = { status: "held", holder: { id: "sara", name: "Sara" } } as const;

describe("the order on the screen", () => {
  it("is the server's, in sections, one's own turn first", () => {
    const mine = row("m", "2", { ...sara, turn: "patient" });
    const mineToAnswer = row("a", "9", sara);
    const rows = table(row("late", "7"), mine, row("next", "1"), mineToAnswer);
    expect(ids(settled(rows, "sara"))).toBe("a m next late");
  });

  it("puts first among one's own who has waited longest for one's answer", () => {
    const since = (minute: number) => ({ ...sara, turn_since: `2026-01-01T10:0${minute}:00.000Z` });
    const rows = table(
      row("b", "1", since(5)),
      row("a", "2", since(1)),
      row("p", "0", { ...since(0), turn: "patient" }),
    );
    expect(ids(settled(rows, "sara"))).toBe("a b p");
  });

  it("does not move under the cursor when something new or more urgent comes", () => {
    const before = settled(table(row("b", "2"), row("c", "3")), "sara");
    const now = table(row("a", "1"), row("b", "2"), row("c", "0", { urgency: "very_urgent" }));
    expect(ids(patched(before, now, "sara"))).toBe("b c");
    expect(countNew(before, now, "sara")).toBe(1);
    expect(isUnsettled(before, now, "sara")).toBe(true);
  });

  it("lets an immediate contact in at once, at its place", () => {
    const before = settled(table(row("b", "2"), row("c", "3")), "sara");
    const now = table(row("a", "1", { urgency: "immediate" }), row("b", "2"), row("c", "3"));
    expect(ids(patched(before, now, "sara"))).toBe("a b c");
  });

  it("moves what one has taken oneself, and leaves what another took where it was", () => {
    const before = settled(table(row("a", "1"), row("b", "2"), row("c", "3")), "sara");
    const others = { status: "held", holder: { id: "jonas", name: "Jonas" } } as const;
    const now = table(row("a", "1", others), row("b", "2"), row("c", "3", sara));
    expect(patched(before, now, "sara").map((one) => `${one.section}:${one.id}`)).toEqual([
      "mine:c",
      "waiting:a",
      "waiting:b",
    ]);
  });

  it("keeps what one has closed in sight, and drops others' closed ones when asked to settle", () => {
    const before = settled(table(row("a", "1", sara), row("b", "2")), "sara");
    const now = table(row("a", "1", { ...sara, status: "closed" }), row("b", "2", { status: "closed" }));
    expect(ids(settled(now, "sara"))).toBe("a");
    expect(patched(before, now, "sara").at(-1)).toEqual({ id: "a", section: "done" });
  });
});
