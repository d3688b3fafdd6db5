/**
 * What the patient has sent and the server has not yet acknowledged: kept in memory, sent one by one in order,
 * shown as waiting. What the server refuses stays visible with the reason and lets the next one pass.
 */
import { signal } from "@preact/signals";
import { Refusal } from "../base/refusal";
import type { Calls } from "../wire";

export type Sendable = "message:post" | "answer:give" | "reading:correct" | "reach:set";
type RequestOf<N extends Sendable> = Calls[N]["request"];

export interface Unsent {
  readonly client_id: string;
  readonly name: Sendable;
  readonly request: RequestOf<Sendable>;
  /** The code it was refused with; null while it waits. */
  readonly refused: string | null;
}

export type Send = (name: Sendable, request: RequestOf<Sendable>) => Promise<unknown>;

export class Outbox {
  readonly unsent = signal<readonly Unsent[]>([]);
  private working = false;

  constructor(private readonly send: Send) {}

  put<N extends Sendable>(name: N, request: RequestOf<N>): void {
    this.unsent.value = [...this.unsent.value, { client_id: request.client_id, name, request, refused: null }];
    void this.work();
  }

  /** Takes one away: it was committed, or the patient let it go. */
  remove(clientId: string): void {
    this.unsent.value = this.unsent.value.filter((item) => item.client_id !== clientId);
  }

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    for (let item = this.next(); item; item = this.next()) await this.sendOne(item);
    this.working = false;
  }

  private next(): Unsent | undefined {
    return this.unsent.value.find((item) => item.refused === null);
  }

  private async sendOne(item: Unsent): Promise<void> {
    try {
      await this.send(item.name, item.request);
    } catch (error) {
      const refused = error instanceof Refusal ? error.code : "internal";
      this.unsent.value = this.unsent.value.map((other) => (other === item ? { ...other, refused } : other));
      return;
    }
    this.remove(item.client_id);
  }
}
