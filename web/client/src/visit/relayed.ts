/**
 * The part of a visit that goes over the relay: joined when the visit is relayed, heard by its own events. Whoever was
 * seen from peer to peer before is seen so until the relay has brought their first frame.
 */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { type Connection, Refusal } from "../base/connection";
import type { MediaStates } from "./media_states";
import { Relay } from "./relay";
import type { RelayFeed } from "./relay_feed";

export interface RelayedOf {
  connection: Connection;
  contact_id: string;
  visit_id: string;
}

export class Relayed {
  readonly relay = signal<Relay | null>(null);
  readonly feeds = computed<ReadonlyMap<string, RelayFeed>>(() => this.relay.value?.feeds.value ?? new Map());
  private readonly said = new Map<string, MediaStates>();
  private readonly undo: (() => void)[];

  /** `onReplaced`: another page of the same person has come to the relay. */
  constructor(
    private readonly of: RelayedOf,
    onReplaced: () => void,
  ) {
    const { connection, visit_id } = of;
    this.undo = [
      connection.on("relay_offer", (offer) => {
        if (offer.visit_id !== visit_id) return;
        this.relay.value?.offered(offer);
      }),
      connection.on("relay_gone", ({ session, replaced }) => {
        if (!replaced) this.relay.value?.gone(session);
        else if (this.relay.value?.is(session)) onReplaced();
      }),
      connection.on("relay_held", (held) => {
        if (held.visit_id === visit_id) this.relay.value?.held(held.participants);
      }),
      connection.on("states", ({ visit_id: of_visit, sender, ...states }) => {
        if (of_visit !== visit_id) return;
        this.said.set(sender, states);
        this.remind();
      }),
      effect(() => {
        this.feeds.value;
        this.remind();
      }),
    ];
  }

  /** Comes to the relay; nothing when we are on it. */
  join(iceServers: RTCIceServer[], tracks: { audio: MediaStreamTrack | null; video: MediaStreamTrack | null }): void {
    if (this.relay.value) return;
    const { contact_id, visit_id } = this.of;
    const relay = new Relay({
      iceServers,
      join: (session) => void this.call("relay:join", { contact_id, visit_id, session }),
      answer: (session, offer_no, sdp) =>
        void this.call("relay:answer", {
          contact_id,
          visit_id,
          session,
          offer_no,
          description: { type: "answer", sdp },
        }),
      restart: (session) => void this.call("relay:restart", { contact_id, visit_id, session }),
    });
    void relay.send("audio", tracks.audio);
    void relay.send("video", tracks.video);
    this.relay.value = relay;
  }

  /** Tells all others what our devices do. */
  say(states: MediaStates): void {
    const { contact_id, visit_id } = this.of;
    if (this.relay.value) void this.call("relay:say", { contact_id, visit_id, ...states });
  }

  /** What the others said, from peer to peer, before the relay carried it. */
  know(participant: string, states: ReadonlySignal<MediaStates>): void {
    if (!this.said.has(participant)) this.said.set(participant, states.value);
    this.remind();
  }

  close(): void {
    for (const undo of this.undo) undo();
    this.relay.value?.close();
    this.relay.value = null;
  }

  private remind(): void {
    for (const [participant, feed] of this.feeds.value) {
      const states = this.said.get(participant);
      if (states) feed.theirs.value = states;
    }
  }

  private async call(...[name, request]: Parameters<Connection["call"]>): Promise<void> {
    await this.of.connection.call(name, request).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error; // the relay is tried again by itself
    });
  }
}
