/**
 * What lies behind the doors that are open to one: asked for at the start, on every new line and when the server says
 * that it has changed. The server is the wall; this only shows where one stands.
 */
import { signal } from "@preact/signals";
import { type Connection, Refusal } from "../base/connection";
import { newId } from "../base/id";
import type { BehindDoor, OpenDoor, ShareContact, Shares } from "../wire";

export class Doors {
  readonly behind = signal<readonly BehindDoor[]>([]);
  private asked = 0;

  /** `lost` is told of every contact that no door leads to any more. */
  constructor(
    private readonly connection: Connection,
    private readonly lost: (contact_id: string) => void,
  ) {
    connection.onUp(() => void this.refresh());
    connection.on("access_changed", () => void this.refresh());
  }

  /** The door one sees the contact through; null when none leads to it. */
  to(contact_id: string): BehindDoor | null {
    return this.behind.value.find((one) => one.contact_id === contact_id) ?? null;
  }

  async refresh(): Promise<void> {
    this.asked += 1;
    const mine = this.asked;
    const answer = await this.connection.insist("access:list", {}).catch(keepRefusal);
    if (mine === this.asked && !(answer instanceof Refusal)) this.take(answer.contacts);
  }

  /** Opens what others know of a person; the contacts that can be seen now and could not before, newest first. */
  async open(asked: Omit<OpenDoor, "client_id">): Promise<readonly BehindDoor[] | Refusal> {
    const before = new Set(this.behind.value.map((one) => one.contact_id));
    const answer = await this.connection.insist("access:open", { ...asked, client_id: newId() }).catch(keepRefusal);
    if (answer instanceof Refusal) return answer;
    await this.refresh();
    const fresh = answer.contacts.filter((one) => !before.has(one.contact_id));
    return fresh.length > 0 ? fresh : answer.contacts;
  }

  /** One is done with a contact: every door of one's own that leads to it ends. */
  async close(behind: BehindDoor): Promise<Refusal | null> {
    const ends = behind.door_ids.map((door_id) =>
      this.connection.insist("access:close", { client_id: newId(), door_id }).then(none).catch(keepRefusal),
    );
    const refused = (await Promise.all(ends)).find((one) => one !== null) ?? null;
    await this.refresh();
    return refused;
  }

  shares(contact_id: string): Promise<Shares | Refusal> {
    return this.connection.insist("access:shares", { contact_id }).catch(keepRefusal);
  }

  share(agreed: Omit<ShareContact, "client_id">): Promise<Refusal | null> {
    return this.connection
      .insist("access:share", { ...agreed, client_id: newId() })
      .then(none)
      .catch(keepRefusal);
  }

  endShare(door_id: string): Promise<Refusal | null> {
    return this.connection.insist("access:unshare", { client_id: newId(), door_id }).then(none).catch(keepRefusal);
  }

  private take(now: readonly BehindDoor[]): void {
    const kept = new Set(now.map((one) => one.contact_id));
    const before = this.behind.value;
    this.behind.value = now;
    for (const { contact_id } of before) if (!kept.has(contact_id)) this.lost(contact_id);
  }
}

const none = () => null;

function keepRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}
