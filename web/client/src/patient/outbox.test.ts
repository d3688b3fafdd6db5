import { expect, it } from "vitest";
import { Refusal } from "../base/refusal";
import { Outbox, type Send } from "./outbox";

const message = (client_id: string) => ({ contact_id: "c", client_id, text: "hej" });
const settled = () => new Promise((resolve) => setTimeout(resolve));

it("sends one by one in order, and shows each as waiting until it is acknowledged", async () => {
  const sent: string[] = [];
  let acknowledge = () => {};
  const send: Send = (_, { client_id }) => {
    sent.push(client_id);
    return new Promise<void>((resolve) => {
      acknowledge = resolve;
    });
  };
  const outbox = new Outbox(send);
  outbox.put("message:post", message("a"));
  outbox.put("message:post", message("b"));
  expect([sent, outbox.unsent.value.length]).toEqual([["a"], 2]);
  acknowledge();
  await settled();
  expect([sent, outbox.unsent.value.map((item) => item.client_id)]).toEqual([["a", "b"], ["b"]]);
});

it("keeps what was refused, with the reason, and lets the next one pass", async () => {
  const outbox = new Outbox((_, { client_id }) =>
    client_id === "a" ? Promise.reject(new Refusal("too_long")) : Promise.resolve(),
  );
  outbox.put("message:post", message("a"));
  outbox.put("message:post", message("b"));
  await settled();
  expect(outbox.unsent.value.map(({ client_id, refused }) => [client_id, refused])).toEqual([["a", "too_long"]]);
});

it("forgets what the log already shows", () => {
  const outbox = new Outbox(() => new Promise(() => {}));
  outbox.put("message:post", message("a"));
  outbox.remove("a");
  expect(outbox.unsent.value).toEqual([]);
});
