import { describe, expect, it } from "vitest";
import type { Shown } from "../staff/shown";
import { NEAR, near } from "./earlier";

const rows = (many: number): Shown[] => Array.from({ length: many }, (_, n) => ({ id: `c${n}`, section: "waiting" }));

describe("cards that are asked about", () => {
  it("are the first ones, and those around the one the keys stand on, each once", () => {
    expect(near(rows(3), "c1")).toEqual(["c0", "c1", "c2"]);
    const far = near(rows(500), "c200");
    expect(far.slice(NEAR)).toEqual(["c195", "c196", "c197", "c198", "c199", "c200", "c201", "c202", "c203", "c204"]);
    expect(far.length).toBeLessThanOrEqual(40);
    expect(near(rows(500), "gone")).toHaveLength(NEAR);
  });
});
