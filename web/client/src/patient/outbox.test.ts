import { describe, expect, it } from "vitest";
import { Refusal } from "../base/refusal";
import { contactOf, KEPT_MS, Outbox, type Sendable, type Unsent } from "./outbox";
import { Seal } from "./seal";
import { MemoryShelf } from "./shelf";
import type { News, Tabs } from "./tabs";

const CANARY = "kanariefågel";
const KEY = btoa(String.fromCharCode(...new Uint8Array(32).fill(7)));
const message = (client_id: string, contact_id = "c") => ({ contact_id, client_id, text: CANARY });
const ids = (outbox: Outbox) => outbox.unsent.value.map((item) => item.client_id);
const seal = (key_id = "k1.astrid") => Seal.from({ key_id, key: KEY });

/** Until everything that can happen without time passing has happened. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) {
    await new Promise((resolve) => setTimeout(resolve));
    await crypto.subtle.digest("SHA-256", new Uint8Array(1)); // behind what others have given to the threads that seal
  }
}

/** One device: a shelf, and tabs that exclude and hear each other as a browser's do. */
class Device {
  readonly shelf = new MemoryShelf();
  now = 1_000_000;
  private readonly heard: ((what: News) => void)[] = [];
  private turn: Promise<void> = Promise.resolve();

  tab(): Tabs {
    let own: ((what: News) => void) | undefined;
    return {
      alone: (work) => {
        this.turn = this.turn.then(work);
        return this.turn;
      },
      tell: (what) => {
        for (const heard of this.heard) if (heard !== own) heard(what);
      },
      onTold: (heard) => {
        own = heard;
        this.heard.push(heard);
      },
    };
  }
}

/** A server that commits once per id, may lose its answer, and may be away. */
class Server {
  readonly log: string[] = [];
  sent = 0;
  away = false;
  losesAnswers = false;
  readonly refuses = new Map<string, string>();
  readonly stalls = new Set<string>();

  readonly send = async (_: Sendable, request: Unsent["request"]) => {
    this.sent += 1;
    if (this.away || this.stalls.has(contactOf({ request }))) throw new Refusal("unreachable");
    const refused = this.refuses.get(request.client_id);
    if (refused) throw new Refusal(refused);
    if (!this.log.includes(request.client_id)) this.log.push(request.client_id);
    if (this.losesAnswers) throw new Refusal("unreachable");
    return { contact_id: contactOf({ request }) || "new", no: this.log.length };
  };
}

function outboxOn(device: Device, server: Server, delivered: string[] = []): Outbox {
  const outbox = new Outbox({
    shelf: Promise.resolve(device.shelf),
    tabs: device.tab(),
    send: server.send,
    delivered: (item) => delivered.push(item.client_id),
    now: () => device.now,
  });
  void outbox.start();
  return outbox;
}

describe("sending", () => {
  it("is in order, and each one leaves the list when it is acknowledged", async () => {
    const [device, server, delivered] = [new Device(), new Server(), [] as string[]];
    const outbox = outboxOn(device, server, delivered);
    await outbox.unlock(await seal());
    for (const id of ["a", "b", "c"]) outbox.put("message:post", message(id));
    expect(ids(outbox)).toEqual(["a", "b", "c"]);
    await settled();
    expect([server.log, delivered, ids(outbox), await device.shelf.all()]).toEqual([
      ["a", "b", "c"],
      ["a", "b", "c"],
      [],
      [],
    ]);
  });

  it("works without a key as well: then it lives in the page only", async () => {
    const [device, server] = [new Device(), new Server()];
    server.away = true;
    const outbox = outboxOn(device, server);
    outbox.put("message:post", message("a"));
    await settled();
    expect([outbox.unsent.value.map((item) => item.kept), await device.shelf.all()]).toEqual([[false], []]);
    server.away = false;
    await outbox.work();
    expect(server.log).toEqual(["a"]);
  });

  it("keeps what was refused, with the reason, and lets the next one pass", async () => {
    const [device, server] = [new Device(), new Server()];
    server.refuses.set("a", "too_long");
    const outbox = outboxOn(device, server);
    await outbox.unlock(await seal());
    outbox.put("message:post", message("a"));
    outbox.put("message:post", message("b"));
    await settled();
    const refused = outbox.unsent.value.map((item) => [item.client_id, item.refused]);
    expect([refused, server.log, (await device.shelf.all()).map((kept) => kept.refused)]).toEqual([
      [["a", "too_long"]],
      ["b"],
      ["too_long"],
    ]);
  });

  it("is not undone by a page that fails at what was acknowledged", async () => {
    const [device, server] = [new Device(), new Server()];
    server.away = true;
    const failing = () => {
      throw new Error("the page");
    };
    const [shelf, tabs] = [Promise.resolve(device.shelf), device.tab()];
    const outbox = new Outbox({ shelf, tabs, send: server.send, delivered: failing, now: () => device.now });
    await outbox.unlock(await seal());
    outbox.put("message:post", message("a"));
    await settled();
    server.away = false;
    await expect(outbox.work()).rejects.toThrow("the page");
    await settled();
    expect([server.log, ids(outbox), await device.shelf.all()]).toEqual([["a"], [], []]);
  });

  it("holds back a contact whose next one is not taken now, and no other", async () => {
    const [device, server] = [new Device(), new Server()];
    server.stalls.add("c");
    const outbox = outboxOn(device, server);
    await outbox.unlock(await seal());
    outbox.put("message:post", message("a1", "c"));
    outbox.put("message:post", message("b1", "d"));
    outbox.put("message:post", message("a2", "c"));
    await settled();
    expect([server.log, ids(outbox)]).toEqual([["b1"], ["a1", "a2"]]);
    server.stalls.clear();
    await outbox.work();
    expect(server.log).toEqual(["b1", "a1", "a2"]);
  });

  it("repeats what may have been committed, and it is committed once", async () => {
    const [device, server] = [new Device(), new Server()];
    server.losesAnswers = true;
    const outbox = outboxOn(device, server);
    await outbox.unlock(await seal());
    outbox.put("message:post", message("a"));
    outbox.put("message:post", message("b"));
    await settled();
    expect([server.log, ids(outbox)]).toEqual([["a"], ["a", "b"]]);
    server.losesAnswers = false;
    await outbox.work();
    expect([server.log, ids(outbox)]).toEqual([["a", "b"], []]);
  });
});

describe("what waits", () => {
  it("is told as a number before there is a key, and sent in order after the page was closed", async () => {
    const [device, away] = [new Device(), new Server()];
    away.away = true;
    const before = outboxOn(device, away);
    await before.unlock(await seal());
    for (const id of ["a", "b", "c"]) before.put("message:post", message(id));
    await settled();
    const server = new Server();
    const after = outboxOn(device, server);
    await settled();
    expect([after.sealed.value, ids(after), server.sent]).toEqual([3, [], 0]);
    await after.unlock(await seal());
    await settled();
    expect([after.sealed.value, server.log, ids(after)]).toEqual([0, ["a", "b", "c"], []]);
  });

  it("lies sealed: no word of it is in clear", async () => {
    const [device, server] = [new Device(), new Server()];
    server.away = true;
    const outbox = outboxOn(device, server);
    await outbox.unlock(await seal());
    outbox.put("message:post", message("a"));
    await outbox.keepDraft("opening", { text: CANARY });
    await settled();
    const [kept] = await device.shelf.all();
    const draft = await device.shelf.draft("opening");
    const raw = [kept?.sealed.data, draft?.sealed.data].map((data) => new TextDecoder().decode(data)).join();
    expect([JSON.stringify([kept, draft]).includes(CANARY), raw.includes(CANARY)]).toEqual([false, false]);
    expect(await outbox.draft("opening")).toEqual({ text: CANARY });
  });

  it("of another person is neither read nor sent nor deleted", async () => {
    const [device, server] = [new Device(), new Server()];
    server.away = true;
    const astrid = outboxOn(device, server);
    await astrid.unlock(await seal());
    astrid.put("message:post", message("a"));
    await settled();
    server.away = false;
    const nils = outboxOn(device, server);
    await nils.unlock(await seal("k1.nils"));
    await settled();
    expect([ids(nils), nils.sealed.value, server.log, (await device.shelf.all()).length]).toEqual([[], 0, [], 1]);
  });

  it("is deleted after a day, and the patient is told", async () => {
    const [device, server] = [new Device(), new Server()];
    server.away = true;
    const outbox = outboxOn(device, server);
    await outbox.unlock(await seal());
    outbox.put("message:post", message("old"));
    await outbox.keepDraft("message:c", CANARY);
    await settled();
    device.now += KEPT_MS - 1;
    outbox.put("message:post", message("young"));
    await settled();
    device.now += 2;
    await outbox.expire();
    expect([ids(outbox), outbox.expired.value, await outbox.draft("message:c")]).toEqual([["young"], 1, undefined]);
  });

  it("is gone from everywhere after signing out", async () => {
    const [device, server] = [new Device(), new Server()];
    server.away = true;
    const outbox = outboxOn(device, server);
    await outbox.unlock(await seal());
    outbox.put("message:post", message("a"));
    await outbox.keepDraft("opening", CANARY);
    await settled();
    await outbox.empty();
    expect([ids(outbox), await device.shelf.all(), await device.shelf.keyIds()]).toEqual([[], [], []]);
  });
});

describe("two tabs", () => {
  it("both show what waits, and together they send it once, in order", async () => {
    const [device, server] = [new Device(), new Server()];
    server.away = true;
    const [one, other] = [outboxOn(device, server), outboxOn(device, server)];
    await one.unlock(await seal());
    await other.unlock(await seal());
    one.put("message:post", message("a"));
    await settled();
    other.put("message:post", message("b"));
    await settled();
    expect([ids(one), ids(other)]).toEqual([
      ["a", "b"],
      ["a", "b"],
    ]);
    server.away = false;
    server.sent = 0;
    await Promise.all([one.work(), other.work()]);
    await settled();
    expect([server.log, server.sent, ids(one), ids(other)]).toEqual([["a", "b"], 2, [], []]);
  });

  it("what a closed tab left is sent by the one that stays", async () => {
    const [device, server] = [new Device(), new Server()];
    const stays = outboxOn(device, server);
    await stays.unlock(await seal());
    await device.shelf.add({
      client_id: "a",
      written_ms: device.now,
      refused: null,
      sealed: await (await seal()).close({ name: "message:post", request: message("a") }, "a"),
    });
    device.tab().tell("changed");
    await settled();
    expect(server.log).toEqual(["a"]);
  });
});

it("opens nothing that was moved or altered", async () => {
  const own = await seal();
  const sealed = await own.close(CANARY, "a");
  const altered = { ...sealed, data: sealed.data.slice(1) };
  expect([await own.open(sealed, "a"), await own.open(sealed, "b"), await own.open(altered, "a")]).toEqual([
    CANARY,
    undefined,
    undefined,
  ]);
});
