import { describe, expect, it } from "vitest";
import type { ContactSummary, EntryView } from "../wire";
import { Followed, HeadCheck, merged, type News } from "./followed";

const entry = (no: number): EntryView => ({
  no,
  at: "2026-11-23T22:00:00Z",
  author: { kind: "system", name: "", role: "" },
  mine: false,
  client_id: "",
  body: { kind: "visit_started", visit_id: `v${no}` },
});
const range = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => entry(from + i));
const summary = (head: number) => ({ head }) as ContactSummary;
const news = (from: number, to: number): News => ({ entries: range(from, to), summary: summary(to) });
const settled = () => new Promise((resolve) => setTimeout(resolve));

/** A server that holds entries 1 to `head`; it counts how often it was asked. */
class Server {
  asked: number[] = [];
  constructor(public head: number) {}
  readonly ask = async (after: number): Promise<News> => {
    this.asked.push(after);
    return news(after + 1, this.head);
  };
}

const held = (followed: Followed) => followed.entries.value.map(({ no }) => no);
const upTo = (head: number) => range(1, head).map(({ no }) => no);

describe("merged", () => {
  it.each([
    ["follows", [1, 2], [3], [1, 2, 3], false],
    ["overlaps", [1, 2], [2, 3], [1, 2, 3], false],
    ["is known", [1, 2, 3], [1, 2], [1, 2, 3], false],
    ["is empty", [1], [], [1], false],
    ["leaves a gap", [1], [3, 4], [1], true],
    ["has a gap within", [1], [2, 4], [1, 2], true],
    ["is out of order", [1], [3, 2], [1, 2, 3], false],
    ["comes first", [], [1, 2], [1, 2], false],
  ] as const)("what %s", (_, known, more, numbers, gap) => {
    const result = merged(known.map(entry), more.map(entry));
    expect([result.entries.map(({ no }) => no), result.gap]).toEqual([numbers, gap]);
  });
});

describe("Followed", () => {
  it("holds everything after any order, loss and repetition of what is told", async () => {
    for (let seed = 1; seed <= 300; seed++) await anyHistory(seed);
  });

  it("asks once for what lies between, however much runs ahead", async () => {
    const server = new Server(9);
    const followed = new Followed(server.ask);
    for (const no of [5, 6, 7, 8, 9]) followed.heard(news(no, no));
    await settled();
    expect([held(followed), server.asked]).toEqual([upTo(9), [0]]);
  });

  it("does not ask for ever when the server has less than it told", async () => {
    const server = new Server(2);
    const followed = new Followed(server.ask);
    followed.heard(news(7, 7));
    await settled();
    expect([held(followed), server.asked]).toEqual([
      [1, 2],
      [0, 2],
    ]);
  });

  it("fetches once more when it was asked to while it fetched", async () => {
    const server = new Server(3);
    const followed = new Followed(server.ask);
    const first = followed.follow();
    server.head = 4;
    await Promise.all([first, followed.follow()]);
    expect([held(followed), server.asked]).toEqual([upTo(4), [0, 3]]);
  });

  it("keeps the newest state when an older one comes late", async () => {
    const followed = new Followed(new Server(3).ask);
    await followed.follow();
    followed.heard({ entries: [], summary: summary(2) });
    expect(followed.summary.value?.head).toBe(3);
  });

  it("drops what the server no longer has once it has said so twice", async () => {
    const server = new Server(6);
    const followed = new Followed(server.ask);
    await followed.follow();
    server.head = 4;
    followed.told(4);
    expect(held(followed)).toEqual(upTo(6));
    followed.told(4);
    await settled();
    expect([held(followed), followed.summary.value?.head]).toEqual([upTo(4), 4]);
  });

  it("asks again when the server does not count it among those it tells", async () => {
    const server = new Server(1);
    const followed = new Followed(server.ask);
    await followed.follow();
    followed.told(undefined);
    await settled();
    expect(server.asked).toEqual([0, 1]);
  });

  it("stays as it is when it is refused", async () => {
    const followed = new Followed(async () => null);
    followed.heard(news(2, 2));
    await settled();
    expect(held(followed)).toEqual([]);
  });
});

describe("HeadCheck", () => {
  it.each([
    ["the same", [[3, 3]], ["nothing"]],
    ["more", [[3, 5]], ["rest"]],
    ["nothing of us", [[3, undefined]], ["rest"]],
    [
      "less once: overtaken on its way",
      [
        [3, 2],
        [3, 3],
      ],
      ["nothing", "nothing"],
    ],
    [
      "less twice, another each time",
      [
        [5, 2],
        [5, 4],
      ],
      ["nothing", "nothing"],
    ],
    [
      "the same less twice: it is the truth",
      [
        [5, 2],
        [5, 2],
      ],
      ["nothing", "anew"],
    ],
    [
      "less, more, less",
      [
        [5, 2],
        [5, 6],
        [5, 2],
      ],
      ["nothing", "rest", "nothing"],
    ],
  ] as const)("%s", (_, told, wanted) => {
    const check = new HeadCheck();
    expect(told.map(([held, no]) => check.next(held, no))).toEqual(wanted);
  });
});

type Step = (world: World) => unknown;
interface World {
  server: Server;
  followed: Followed;
  late: News[];
  random: () => number;
}

/** What may happen between a server and one screen. */
const STEPS: readonly Step[] = [
  (world) => world.followed.heard(committed(world)),
  (world) => world.late.push(committed(world)),
  (world) => committed(world), // its push is lost
  ({ followed, late }) => late[0] && followed.heard(late[0]), // late, and perhaps again
  ({ late }) => late.shift(),
  ({ followed }) => void followed.follow(), // the line came up
  ({ followed, server, random }) => followed.told(Math.floor(random() * (server.head + 1))), // overtaken
  () => settled(),
];

function committed({ server, random }: World): News {
  const before = server.head;
  server.head += 1 + Math.floor(random() * 2);
  return news(before + 1, server.head);
}

/** Any history; at the end one head number, and the screen holds what the server holds. */
async function anyHistory(seed: number): Promise<void> {
  const server = new Server(0);
  const world: World = { server, followed: new Followed(server.ask), late: [], random: randomFrom(seed) };
  for (let count = 0; count < 16; count++) await STEPS[Math.floor(world.random() * STEPS.length)]?.(world);
  await settled();
  world.followed.told(server.head);
  await settled();
  expect(held(world.followed), `seed ${seed}`).toEqual(upTo(server.head));
}

/** mulberry32: the same numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
