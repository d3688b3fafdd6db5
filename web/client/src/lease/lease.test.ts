import { signal } from "@preact/signals";
import { beforeEach, expect, it, vi } from "vitest";
import type { Connection, Line } from "../base/connection";
import { lang } from "../base/words";
import { cardWords, Leases, leftWords, second } from "./lease";

const AT = Date.parse("2026-11-27T10:00:00Z");

function connected() {
  const line = signal<Line>("up");
  const heard = new Map<string, (body: never) => void>();
  const connection = {
    line,
    on: (name: string, hear: (body: never) => void) => heard.set(name, hear),
  } as unknown as Connection;
  const tell = (unit_id: string, ends: Record<string, string>) => heard.get("leases")?.({ unit_id, ends } as never);
  return { line, tell, leases: new Leases(connection, 120) };
}

beforeEach(() => {
  lang.value = "en";
  vi.useFakeTimers({ now: AT });
  second.value = AT;
});

it("counts down what a colleague without a line holds, and stops when they are back", () => {
  const { leases, tell } = connected();
  expect(leases.left("c")).toBeNull();
  tell("u", { c: "2026-11-27T10:01:20Z" });
  tell("v", { d: "2026-11-27T10:00:05Z" });
  expect([leases.left("c"), leases.left("d")]).toEqual([80, 5]);
  expect(cardWords(leases, "c")).toBe("Line lost, goes back in 1:20");
  second.value = AT + 30_000;
  expect([leases.left("c"), leases.left("d")]).toEqual([50, 0]);
  tell("u", {});
  expect(leases.left("c")).toBeNull();
});

it("counts down one's own from when the line was lost, also when it only looks up", () => {
  const { leases, line } = connected();
  expect(leases.mine).toBeNull();
  line.value = "old";
  second.value = AT + 20_000;
  line.value = "down";
  expect(leases.mine).toBe(100);
  line.value = "up";
  expect(leases.mine).toBeNull();
});

it("writes minutes and seconds", () => {
  expect([0, 9, 60, 125].map(leftWords)).toEqual(["0:00", "0:09", "1:00", "2:05"]);
});
