/** Whether somebody speaks now, by how loud what comes from them is: an open microphone says nothing. */
import { useEffect, useState } from "preact/hooks";
import type { VisitMember } from "../wire";
import type { Feed } from "./feed";
import { SIGNED } from "./languages";
import { watchLevel } from "./level";

/** Speech at a distance; what a quiet room hums lies below (20 of 50 decibels, `level.ts`). */
const SPEECH = 0.2;
/** Between two sentences one still speaks: the others must not swell up in every breath. */
const PAUSE_MS = 1_500;

/** From levels to speaking: at once when it begins, after a pause when it ends. Pure. */
export class Speech {
  private last = Number.NEGATIVE_INFINITY;

  /** Whether they speak at `now`, milliseconds, having been so loud. */
  heard(level: number, now: number): boolean {
    if (level > SPEECH) this.last = now;
    return now - this.last < PAUSE_MS;
  }
}

/** The interpreters who speak now. Who signs has their picture, and nobody's sound is in its way. */
export function useSpeaking(inside: readonly VisitMember[], feeds: ReadonlyMap<string, Feed>): ReadonlySet<string> {
  const [speaking, setSpeaking] = useState<ReadonlySet<string>>(new Set());
  const streams = inside
    .filter((one) => one.role === "interpreter" && !SIGNED.some((signed) => signed === one.lang))
    .map((one) => ({ who: one.participant, stream: feeds.get(one.participant)?.picture.value ?? null }));
  useEffect(() => {
    const say = (who: string, speaks: boolean) =>
      setSpeaking((now) => (now.has(who) === speaks ? now : withOne(now, who, speaks)));
    const stops = streams.map(({ who, stream }) => watch(stream, (speaks) => say(who, speaks)));
    return () => {
      for (const stop of stops) stop();
      setSpeaking(new Set());
    };
  }, [streams.map(({ who, stream }) => `${who} ${stream?.id}`).join()]);
  return speaking;
}

function watch(stream: MediaStream | null, tell: (speaks: boolean) => void): () => void {
  const [track] = stream?.getAudioTracks() ?? [];
  if (!track) return () => undefined;
  const speech = new Speech();
  return watchLevel(track, (level) => tell(speech.heard(level, performance.now())), 1); // not measured: better low than over the interpreter
}

function withOne(now: ReadonlySet<string>, who: string, speaks: boolean): ReadonlySet<string> {
  const next = new Set(now);
  if (speaks) next.add(who);
  else next.delete(who);
  return next;
}
