/** Who is on duty at one's units: fetched anew whenever the server says that somebody stands otherwise. */
import { signal } from "@preact/signals";
import { type Connection, Refusal } from "../base/connection";
import { newId } from "../base/id";
import type { SetDuty, UnitDuty, UnitRole } from "../wire";

export type Standing = SetDuty["standing"];
export const STANDINGS: readonly Standing[] = ["on", "paused", "finishing", "off"];

export class Duties {
  readonly units = signal<ReadonlyMap<string, UnitDuty>>(new Map());

  /** `boards`: units whose board one sees; `caresAt`: where one takes contacts, and may be on duty. */
  constructor(
    private readonly connection: Connection,
    boards: readonly string[],
    readonly caresAt: readonly UnitRole[],
    private readonly me: string,
  ) {
    connection.onUp(() => {
      for (const unit_id of boards) void this.load(unit_id);
    });
    connection.on("duty", ({ unit_id }) => void this.load(unit_id));
  }

  /** How one stands: on duty where one is at any of one's units. */
  get standing(): Standing {
    const mine = this.caresAt.map(({ unit_id }) => standingOf(this.units.value.get(unit_id), this.me));
    return STANDINGS.find((one) => mine.includes(one)) ?? "off";
  }

  /** One stands so at every unit where one cares. */
  async stand(standing: Standing): Promise<void> {
    for (const { unit_id } of this.caresAt) {
      const request = { unit_id, client_id: newId(), standing };
      const answer = await this.connection.insist("duty:set", request).catch(refusalOf);
      if (!(answer instanceof Refusal)) this.take(answer);
    }
  }

  /** Who takes a contact is on duty. */
  async begin(): Promise<void> {
    if (this.standing === "off") await this.stand("on");
  }

  private async load(unit_id: string): Promise<void> {
    const answer = await this.connection.call("duty:list", { unit_id }).catch(refusalOf);
    if (!(answer instanceof Refusal)) this.take(answer);
  }

  private take(duty: UnitDuty): void {
    this.units.value = new Map(this.units.value).set(duty.unit_id, duty);
  }
}

export function standingOf(duty: UnitDuty | undefined, staffId: string): Standing {
  return duty?.staff.find((one) => one.staff_id === staffId)?.standing ?? "off";
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}
