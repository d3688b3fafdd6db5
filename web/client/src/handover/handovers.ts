/** Handing contacts over, and what is offered to oneself: fetched anew whenever the server says that it has changed. */
import { signal } from "@preact/signals";
import { type Connection, Refusal } from "../base/connection";
import { newId } from "../base/id";
import type { OpenContact } from "../staff/contact";
import type { OfferHandOver, OfferView, Takers } from "../wire";

/** Whom it is offered to. */
export type To = Pick<OfferHandOver, "to_staff" | "unit_id" | "warm">;
export type Written = Pick<OfferHandOver, "situation" | "background" | "assessment" | "recommendation">;

export class HandOvers {
  /** What is offered to oneself, or to anyone where one may take over, the oldest first. */
  readonly offers = signal<readonly OfferView[]>([]);

  /** `unitIds`: where one may hold contacts. */
  constructor(
    private readonly connection: Connection,
    private readonly unitIds: readonly string[],
  ) {
    connection.onUp(() => this.each((unit_id) => void this.load(unit_id)));
    connection.on("offers", ({ unit_id }) => {
      if (unitIds.includes(unit_id)) void this.load(unit_id);
    });
  }

  takers(unit_id: string): Promise<Takers | Refusal> {
    return this.connection.call("hand_over:takers", { unit_id }).catch(refusalOf);
  }

  async offer(contact: OpenContact, to: To, written: Written): Promise<Refusal | null> {
    const having = await contact.having();
    return this.send("hand_over:offer", { ...under(contact), ...having, ...to, ...written });
  }

  withdraw(contact: OpenContact): Promise<Refusal | null> {
    return this.send("hand_over:withdraw", under(contact));
  }

  ask(contact: OpenContact, reason: string): Promise<Refusal | null> {
    return this.send("hand_over:ask", { contact_id: contact.id, client_id: newId(), reason });
  }

  give(contact: OpenContact, to_staff: string): Promise<Refusal | null> {
    return this.send("hand_over:give", { ...under(contact), to_staff });
  }

  refuse(contact: OpenContact, to_staff: string, reason: string): Promise<Refusal | null> {
    return this.send("hand_over:refuse", { ...under(contact), to_staff, reason });
  }

  accept({ unit_id, offer_id }: OfferView): Promise<Refusal | null> {
    return this.send("hand_over:accept", { unit_id, offer_id, client_id: newId() });
  }

  decline({ unit_id, offer_id }: OfferView, reason: string): Promise<Refusal | null> {
    return this.send("hand_over:decline", { unit_id, offer_id, client_id: newId(), reason });
  }

  private each(act: (unit_id: string) => void): void {
    for (const unit_id of this.unitIds) act(unit_id);
  }

  private async load(unit_id: string): Promise<void> {
    const answer = await this.connection.call("hand_over:list", { unit_id }).catch(refusalOf);
    if (answer instanceof Refusal) return;
    const others = this.offers.value.filter((one) => one.unit_id !== unit_id);
    this.offers.value = [...others, ...answer.offers].sort((a, b) => (a.offered_at < b.offered_at ? -1 : 1));
  }

  private send(...[name, request]: Parameters<Connection["insist"]>): Promise<Refusal | null> {
    return this.connection.insist(name, request).then(() => null, refusalOf);
  }
}

const under = (contact: OpenContact) => ({
  contact_id: contact.id,
  client_id: newId(),
  claim_no: contact.summary.value?.claim_no ?? 0,
});

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}
