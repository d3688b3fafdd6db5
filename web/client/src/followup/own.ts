/** One's own follow-up at home: asked for, kept new, and sent by the browser's outbox, also long after. */
import { effect, signal } from "@preact/signals";
import type { Connection } from "../base/connection";
import { Refusal } from "../base/refusal";
import type { OwnFollowUps } from "../wire";

const LOOK_EVERY_MS = 60_000;

/** Null: not known yet. */
export const own = signal<OwnFollowUps | null>(null);
/** The last look brought nothing. */
export const failed = signal(false);

async function look(line: Connection): Promise<void> {
  const answer = await line.call("followup:mine", {}).catch((error: unknown) => {
    if (error instanceof Refusal) return null;
    throw error;
  });
  failed.value = answer === null;
  if (answer) own.value = answer;
}

/** Asks anew each time the line comes up, and now and then: it gets time to measure, or somebody has looked. */
export function keepLooking(line: Connection): () => void {
  const stop = effect(() => void look(line));
  const off = line.onUp(() => void look(line));
  const timer = setInterval(() => !document.hidden && line.line.peek() === "up" && void look(line), LOOK_EVERY_MS);
  return () => {
    stop();
    off();
    clearInterval(timer);
  };
}
