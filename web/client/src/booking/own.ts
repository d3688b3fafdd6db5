/** What somebody has booked, is offered and waits for: asked for, kept new, and changed. */
import { effect, signal } from "@preact/signals";
import { Refusal } from "../base/refusal";
import { hasWords, t } from "../base/words";
import { refusalWords } from "../patient/Page";
import { line } from "../patient/session";
import type { Calls, OwnBookings } from "../wire";

const LOOK_EVERY_MS = 20_000;

/** Whom it is about; empty: oneself. */
export const whose = signal("");
export const own = signal<OwnBookings | null>(null);
/** The last look brought nothing. */
export const failed = signal(false);
/** What has just been done, for who listens and who looks. */
export const told = signal("");

let looks = 0;

export async function look(): Promise<void> {
  looks += 1;
  const mine = looks;
  const answer = await line().call("booking:mine", { for_person: whose.peek() }).catch(noAnswer);
  if (mine !== looks) return; // older than what has been changed or asked since
  failed.value = answer === null;
  if (answer) own.value = answer;
}

/** Asks anew for each person and each time the line comes up, and now and then: a time may be offered meanwhile. */
export function keepLooking(): () => void {
  const offs = [
    effect(() => {
      void whose.value;
      own.value = null;
      void look();
    }),
    line().onUp(() => void look()),
  ];
  const timer = setInterval(() => !document.hidden && line().line.value === "up" && void look(), LOOK_EVERY_MS);
  return () => {
    for (const off of offs) off();
    clearInterval(timer);
  };
}

type Changing = "booking:cancel" | "booking:wish" | "booking:unwish" | "booking:decline";

/** Sends until it is answered; why it was refused, in words, or null. `done`: what is said when it is. */
export async function change<N extends Changing>(
  name: N,
  request: Calls[N]["request"],
  done: string,
): Promise<string | null> {
  told.value = "";
  try {
    const answer = await line().insist(name, request);
    looks += 1;
    own.value = answer as OwnBookings;
    told.value = done;
    return null;
  } catch (error) {
    return refusedWords(error);
  }
}

/** Why it was refused, in words; any other failure goes on. */
export function refusedWords(error: unknown): string {
  if (!(error instanceof Refusal)) throw error;
  for (const key of [`booking.why_${String(error.data.why)}`, `booking.error_${error.code}`])
    if (hasWords(key)) return t(key);
  return refusalWords(error.code);
}

function noAnswer(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error;
}
