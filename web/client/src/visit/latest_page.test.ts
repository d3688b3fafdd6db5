import { expect, it } from "vitest";
import { LatestPage, type Said } from "./latest_page";

const said = (page_id: string, said_ms: number): Said => ({ page_id, said_ms });

/** Every way in which two words may arrive at two pages: exactly one page stays. */
const ORDERS = [
  [0, 1],
  [1, 0],
] as const;

it.each([
  [said("a", 100), said("b", 100)],
  [said("a", 100), said("b", 101)],
  [said("a", 101), said("b", 100)],
])("of two pages that say it at once one stays, in whatever order they hear it: %j %j", (one, other) => {
  for (const [first, then] of ORDERS)
    for (const [second, last] of ORDERS) {
      const words = [one, other];
      const heard = (page: LatestPage, order: readonly number[]) =>
        order.map((at) => page.heard(words[at] as Said)).includes("let_go");
      const gone = [heard(new LatestPage("a"), [first, then]), heard(new LatestPage("b"), [second, last])];
      expect(gone.filter(Boolean)).toHaveLength(1);
    }
});

it("a page that was in it lets go of one that comes later, and says it again to one whose clock is behind", () => {
  const page = new LatestPage("a");
  expect(page.heard(said("a", 100))).toBeNull();
  expect(page.heard(said("b", 90))).toBe("say_again");
  expect(page.heard(said("b", 200))).toBe("let_go");
});
