/**
 * Signals on their way to the other participants, one after the other, so that a candidate never overtakes its offer.
 * Descriptions that did not arrive are worth another try; candidates are not: the next offer gathers new ones.
 */
import { Refusal } from "../base/connection";
import type { PeerMessage } from "./peer";
import type { VisitOf } from "./visit";

const AGAIN_MS = 1_000;

export class Outbox {
  private readonly ways = new Map<string, { last: Promise<void> }>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private closed = false;

  constructor(private readonly of: VisitOf) {}

  /** Sends in order; calls `again` a second after a description that found nobody. */
  send(to: string, message: PeerMessage, again: () => void): void {
    const way = this.ways.get(to) ?? { last: Promise.resolve() };
    this.ways.set(to, way);
    way.last = way.last.then(async () => {
      if (!this.closed && this.ways.get(to) === way) await this.deliver(to, message, again);
    });
  }

  /** Sends nothing more of what was meant for this participant's former connection. */
  forget(to: string): void {
    clearTimeout(this.timers.get(to));
    this.ways.delete(to);
  }

  close(): void {
    this.closed = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
  }

  private async deliver(to: string, message: PeerMessage, again: () => void): Promise<void> {
    const { connection, contact_id, visit_id } = this.of;
    const lost = await connection
      .call("visit:signal", { contact_id, visit_id, to, ...message })
      .then(() => false)
      .catch((error: unknown) => isWorthAnother(error));
    if (!lost || !message.description) return;
    clearTimeout(this.timers.get(to));
    this.timers.set(to, setTimeout(again, AGAIN_MS));
  }
}

/** Not there yet, or the line broke. Anything else (the visit is over, we are put out) another try would not change. */
function isWorthAnother(error: unknown): boolean {
  return (
    error instanceof Refusal &&
    ["not_connected", "unreachable", "too_fast", "not_ready", "internal"].includes(error.code)
  );
}
