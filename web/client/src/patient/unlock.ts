/** The key to what this device keeps: asked for after every sign-in, made once for a person and device. */
import { post } from "../base/api";
import { Refusal } from "../base/refusal";
import type { OutboxKey } from "../wire";
import { Seal } from "./seal";
import type { Shelf } from "./shelf";
import type { Tabs } from "./tabs";

const keyOf = (key_id: string) => post("/api/session/outbox-key", { key_id });

/**
 * The key of who is signed in; null when no answer came. One tab at a time: two new keys would hide each other's texts.
 * What another person left here is sealed with a key the server does not give, and stays closed.
 */
export async function ownSeal(shelf: Shelf, tabs: Tabs): Promise<Seal | null> {
  let found: OutboxKey | null = null;
  await tabs.alone(async () => {
    found = await askedFor(shelf).catch(noAnswer);
  });
  return found && Seal.from(found);
}

async function askedFor(shelf: Shelf): Promise<OutboxKey> {
  const key = (await knownKey(await shelf.keyIds())) ?? (await keyOf(""));
  await shelf.setKeyId(key.key_id);
  return key;
}

async function knownKey(ids: readonly string[]): Promise<OutboxKey | null> {
  for (const id of ids) {
    const key = await keyOf(id).catch(nobodysHere);
    if (key) return key;
  }
  return null;
}

function nobodysHere(error: unknown): null {
  if (error instanceof Refusal && error.code === "not_found") return null;
  throw error;
}

function noAnswer(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error;
}
