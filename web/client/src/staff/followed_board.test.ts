import { expect, it } from "vitest";
import type { BoardRow } from "../wire";
import { FollowedBoard } from "./followed_board";

const row = (contact_id: string, board_no: number, more: Partial<BoardRow> = {}) =>
  ({ contact_id, board_no, unit_id: "u", status: "waiting", holder: null, ...more }) as BoardRow;
const settled = () => new Promise((resolve) => setTimeout(resolve));

/** A unit's board: the newest number of each contact, and those that left. */
class Server {
  no = 0;
  asked: number[] = [];
  private readonly rows = new Map<string, BoardRow>();
  private readonly left = new Map<string, number>();

  change(contact_id: string, more: Partial<BoardRow> = {}) {
    this.no += 1;
    this.rows.set(contact_id, row(contact_id, this.no, more));
    return this.since(this.no - 1);
  }

  /** Something no number counts. */
  mark(contact_id: string) {
    const marked = this.rows.get(contact_id);
    if (marked) this.rows.set(contact_id, { ...marked, protected: true });
  }

  leave(contact_id: string) {
    this.no += 1;
    this.rows.delete(contact_id);
    this.left.set(contact_id, this.no);
    return this.since(this.no - 1);
  }

  since(after: number) {
    const rows = [...this.rows.values()].filter((one) => one.board_no > after);
    const gone = [...this.left].filter(([, no]) => no > after).map(([id]) => id);
    return { after, no: this.no, rows, gone };
  }

  readonly ask = async (after: number) => {
    this.asked.push(after);
    return this.since(after);
  };

  get truth() {
    return [...this.rows.values()].map(({ contact_id, board_no }) => `${contact_id}${board_no}`).sort();
  }
}

const held = (board: FollowedBoard) =>
  [...board.rows.values()].map(({ contact_id, board_no }) => `${contact_id}${board_no}`).sort();
const following = (server: Server) => new FollowedBoard(server.ask, () => undefined);

it("shows at once what does not join up, and asks for the rest", async () => {
  const server = new Server();
  const board = following(server);
  server.change("a");
  board.heard(server.change("b"));
  expect([held(board), board.seen]).toEqual([["b2"], 0]);
  await settled();
  expect([held(board), board.seen, server.asked]).toEqual([["a1", "b2"], 2, [0]]);
});

it("lets go of what left the unit, told at once or after a gap", async () => {
  const server = new Server();
  const board = following(server);
  for (const id of ["a", "b"]) board.heard(server.change(id));
  board.heard(server.leave("a"));
  expect(held(board)).toEqual(["b2"]);
  server.leave("b");
  board.told(server.no);
  await settled();
  expect([held(board), board.seen]).toEqual([[], 4]);
});

it("remembers who held what was closed", () => {
  const server = new Server();
  const board = following(server);
  board.heard(server.change("a", { status: "held", holder: { id: "sara", name: "Sara" } }));
  board.heard(server.change("a", { status: "closed" }));
  expect(board.rows.get("a")?.holder?.id).toBe("sara");
});

it("drops what the server no longer has once it has said so twice", async () => {
  const board = following(Object.assign(new Server(), { no: 0 }));
  const former = new Server();
  for (const id of ["a", "b", "c"]) board.heard(former.change(id));
  expect(board.seen).toBe(3);
  board.told(0);
  board.told(0);
  await settled();
  expect([held(board), board.seen]).toEqual([[], 0]);
});

it("fetches everything when something changed that no number counts, and keeps who held what was closed", async () => {
  const server = new Server();
  const board = following(server);
  board.heard(server.change("a", { status: "held", holder: { id: "sara", name: "Sara" } }));
  board.heard(server.change("a", { status: "closed" }));
  board.heard(server.change("b"));
  server.mark("b");
  await board.anew();
  expect(board.rows.get("b")?.protected).toBe(true);
  expect(board.rows.get("a")?.holder?.id).toBe("sara");
  expect([held(board), board.seen]).toEqual([server.truth, server.no]);
});

it("fetches everything after what it is fetching already", async () => {
  const server = new Server();
  const board = following(server);
  server.change("a");
  const following_on = board.follow();
  server.mark("a");
  await board.anew();
  await following_on;
  await settled();
  expect(board.rows.get("a")?.protected).toBe(true);
});

it.each([
  ["lost", [0, 2, 4]],
  ["all lost", []],
  ["doubled", [0, 0, 1, 1, 2, 2]],
  ["turned round", [5, 4, 3, 2, 1, 0]],
  ["only the last", [5]],
])("is whole after one head number when pushes are %s", async (_, arrive) => {
  const server = new Server();
  const board = following(server);
  const pushes = [server.change("a"), server.change("b"), server.change("a")];
  pushes.push(server.leave("b"), server.change("c"), server.change("c"));
  for (const index of arrive) {
    const push = pushes[index];
    if (push) board.heard(push);
  }
  await settled();
  board.told(server.no);
  await settled();
  expect([held(board), board.seen]).toEqual([server.truth, server.no]);
});
