/**
 * Captions of a visit: who is asked, one's own voice on its way to the recogniser after a yes, and what all have said.
 * Draws nothing. Sound is sent as it comes or not at all: what the line does not carry at once is no help to who reads.
 */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { type Connection, Refusal } from "../base/connection";
import { lang } from "../base/words";
import type { VisitMember, VisitSummary } from "../wire";
import { type Line, withSaid } from "./lines";
import { inBase64, isSilent } from "./samples";
import { canHear, hearVoice } from "./voice";

export interface CaptionsOf {
  connection: Connection;
  contact_id: string;
  visit_id: string;
  members: ReadonlySignal<readonly VisitMember[]>;
  me: ReadonlySignal<string>;
  microphone: ReadonlySignal<MediaStreamTrack | null>;
}

/** Pieces that have been sent and not answered: a line that carries no more gets no more. */
const FLYING_MOST = 4;
/** Silence that is sent after the last word, so that the recogniser settles on it. */
const SILENT_MOST = 8;
const AGAIN_MS = 5_000;

export class Captions {
  /** There is a recogniser, and the unit uses it. */
  readonly may = signal(false);
  /** Somebody in the visit wants what is said as text. */
  readonly asked = signal(false);
  readonly lines = signal<readonly Line[]>([]);
  /** The recogniser does not answer, or this browser would not hear after all. */
  readonly away = signal(false);
  readonly own = computed(() => this.of.members.value.find((one) => one.participant === this.of.me.value));
  private flying = 0;
  private silent = 0;
  private quietUntil = 0;
  private readonly undo: (() => void)[];

  constructor(private readonly of: CaptionsOf) {
    const speaks = computed(() => this.isHeard() && of.microphone.value);
    this.undo = [
      of.connection.on("caption_said", (said) => {
        if (said.visit_id === of.visit_id) this.lines.value = withSaid(this.lines.value, said);
      }),
      effect(() => this.hear(speaks.value || null)),
    ];
  }

  /** Takes over what the contact's summary says. */
  follow({ captions }: VisitSummary): void {
    this.asked.value = captions ?? false;
  }

  /** Asks for captions, which is one's own yes; asked for already it is that alone. Rejects with a `Refusal`. */
  async ask(): Promise<void> {
    const { connection, contact_id, visit_id } = this.of;
    await connection.call("captions:ask", { contact_id, visit_id });
  }

  /** Says whether one's own voice may be heard. Rejects with a `Refusal`. */
  async answer(yes: boolean): Promise<void> {
    const { connection, contact_id, visit_id } = this.of;
    await connection.call("captions:answer", { contact_id, visit_id, yes });
  }

  /** Everybody has left to whom one could say anything, or one is not in the visit: nothing is sent. */
  private isHeard(): boolean {
    const { own } = this;
    const others = this.of.members.value.some((one) => one.participant !== this.of.me.value && one.place === "in");
    const yes = this.asked.value && own.value?.captions === true && own.value.role !== "interpreter";
    return yes && own.value?.place === "in" && others && canHear();
  }

  end(): void {
    for (const undo of this.undo) undo();
    this.lines.value = [];
  }

  private hear(track: MediaStreamTrack | null): (() => void) | undefined {
    if (!track) return undefined;
    const stop = hearVoice(track, (piece) => this.send(piece));
    stop.catch(() => {
      this.away.value = true;
    });
    return () =>
      void stop.then(
        (end) => end(),
        () => undefined,
      );
  }

  private send(piece: Int16Array): void {
    this.silent = isSilent(piece) ? this.silent + 1 : 0;
    if (this.silent > SILENT_MOST || this.flying >= FLYING_MOST || Date.now() < this.quietUntil) return;
    const { connection, contact_id, visit_id } = this.of;
    this.flying += 1;
    void connection
      .call("captions:sound", { contact_id, visit_id, lang: lang.value, sound: inBase64(piece) })
      .then(
        () => {
          this.away.value = false;
        },
        (error: unknown) => this.refused(error),
      )
      .finally(() => {
        this.flying -= 1;
      });
  }

  private refused(error: unknown): void {
    if (!(error instanceof Refusal)) throw error;
    this.quietUntil = Date.now() + AGAIN_MS;
    this.away.value = error.code === "unreachable" || error.code === "too_many";
  }
}
