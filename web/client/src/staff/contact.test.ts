import { expect, it, vi } from "vitest";
import type { Connection } from "../base/connection";

vi.stubGlobal("location", { search: "", pathname: "/", hash: "" });
vi.stubGlobal("document", { visibilityState: "visible", addEventListener: () => undefined });
vi.stubGlobal("sessionStorage", { getItem: () => null, setItem: () => undefined });
const { OpenContact } = await import("./contact");

/** Answers when it is told to, and keeps what was sent in the order it came. */
class Server {
  readonly sent: string[] = [];
  private head = 1;
  private readonly held: (() => void)[] = [];
  readonly line = { value: "up" };
  readonly on = () => () => undefined;
  readonly onUp = () => () => undefined;
  readonly call = async () => ({});

  readonly insist = (name: string, request: { seen_no?: number; after?: number }) => {
    if (name === "contact:follow") return Promise.resolve(this.since(request.after ?? 0));
    this.sent.push(`${name} seen ${request.seen_no} of ${this.head}`);
    return new Promise((resolve) => this.held.push(() => resolve({ no: ++this.head })));
  };

  answer() {
    this.held.shift()?.();
  }

  private since(after: number) {
    const numbers = Array.from({ length: this.head - after }, (_, index) => after + index + 1);
    const entries = numbers.map((no) => ({ no, author: { kind: "staff" }, mine: true, body: { kind: "message" } }));
    return { entries, summary: { head: this.head, status: "held", holder_id: "sara", claim_no: 1 } };
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

it("ends a contact only once what one has just written is committed, and counts it as seen", async () => {
  const server = new Server();
  const desk = { staffId: "sara", doorTo: () => null, isOwnUnit: () => true, lost: () => undefined };
  const contact = new OpenContact(server as unknown as Connection, "c", desk);
  contact.draft.value = "Vila och drick.";
  void contact.post();
  const ended = contact.end("self_care_advice", "Ring 1177.", "said");
  await settled();
  expect(server.sent).toEqual(["message:post seen 0 of 1"]);
  server.answer();
  await settled();
  expect(server.sent.at(-1)).toBe("contact:close seen 2 of 2");
  server.answer();
  expect(await ended).toBeNull();
});
