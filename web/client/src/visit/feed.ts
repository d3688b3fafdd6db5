/** How another person's sound and picture reach us, from peer to peer or over the relay: what a tile shows. */
import type { ReadonlySignal } from "@preact/signals";
import type { MediaStates } from "./media_states";
import type { Path } from "./peer";

export interface Feed {
  readonly over: "peer" | "relay";
  readonly path: ReadonlySignal<Path>;
  readonly picture: ReadonlySignal<MediaStream | null>;
  /** What they say of their microphone, camera and screen. */
  readonly theirs: ReadonlySignal<MediaStates>;
  /** The relay holds their picture back, since our own line does not carry it. */
  readonly heldBack: ReadonlySignal<boolean>;
  /** W3C webrtc-stats of this feed alone. */
  stats(): Promise<Record<string, unknown>[]>;
}
