/** What is said at the door of a visit: by staff of who comes, and by who waits of themselves. Each rejects with a `Refusal`. */
import type { Connection } from "../base/connection";
import type { IdentifyParticipant, TellCompany } from "../wire";

export type Move = "send_back" | "set_aside" | "bring_back" | "remove";
export type Identity = IdentifyParticipant["how"];
export type Company = TellCompany["company"][number];

export const IDENTITIES = ["document", "known", "questions", "e_id", "not_sure"] as const satisfies readonly Identity[];
export const COMPANY = [
  "nobody",
  "relative",
  "child",
  "carer",
  "interpreter",
  "other",
] as const satisfies readonly Company[];
/** In how many minutes staff may say that it begins. */
export const MINUTES = [5, 10, 15, 20, 30, 45, 60] as const;

interface DoorOf {
  connection: Connection;
  contact_id: string;
  visit_id: string;
}

export class Door {
  constructor(private readonly of: DoorOf) {}

  async move(move: Move, participant: string): Promise<void> {
    await this.of.connection.call(`visit:${move}`, { ...this.named, participant });
  }

  async identify(participant: string, how: Identity): Promise<void> {
    await this.of.connection.call("visit:identify", { ...this.named, participant, how });
  }

  async expect(minutes: number): Promise<void> {
    await this.of.connection.call("visit:expect", { ...this.named, minutes });
  }

  async tellCompany(company: Company[]): Promise<void> {
    await this.of.connection.call("visit:company", { ...this.named, company });
  }

  /** Staff ask the patient whether a picture may be taken. */
  async askPhoto(participant: string): Promise<void> {
    await this.of.connection.call("photo:ask", { ...this.named, participant });
  }

  /** The patient's answer; nothing may be sent before it is kept. */
  async answerPhoto(yes: boolean): Promise<void> {
    await this.of.connection.call("photo:answer", { ...this.named, yes });
  }

  private get named(): { contact_id: string; visit_id: string } {
    const { contact_id, visit_id } = this.of;
    return { contact_id, visit_id };
  }
}

/** The choice as it is after somebody ticked or struck one: nobody and somebody exclude each other. */
export function ticked(now: readonly Company[], one: Company, on: boolean): Company[] {
  const others = now.filter((other) => other !== one);
  if (!on) return others;
  return one === "nobody" ? ["nobody"] : [...others.filter((other) => other !== "nobody"), one];
}
