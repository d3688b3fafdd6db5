/**
 * Our connection with the relay, which carries a visit of three or more: it makes every offer, we answer. One connection
 * for both directions; of the offer's media lines the first two are ours, the others come in pairs, one for each other.
 */
import { signal } from "@preact/signals";
import { newId } from "../base/id";
import type { RelayOffer } from "../wire";
import { onNetworkChange } from "./network";
import type { Path } from "./peer";
import { RelayFeed } from "./relay_feed";
import { scaleSent } from "./scale";

export interface RelayOptions {
  ice: RTCConfiguration;
  join(session: string): void;
  answer(session: string, offer_no: number, sdp: string): void;
  restart(session: string): void;
}

/** A path that was lost is sought anew after this long; one that is not there after `PATIENCE_MS` is built anew. */
const LOST_MS = 1_000;
const PATIENCE_MS = 5_000;

export class Relay {
  readonly path = signal<Path>("connecting");
  readonly feeds = signal<ReadonlyMap<string, RelayFeed>>(new Map());
  private connection: RTCPeerConnection;
  private session = newId();
  private work: Promise<void> = Promise.resolve();
  private lost: ReturnType<typeof setTimeout> | undefined;
  private readonly patience: ReturnType<typeof setInterval>;
  private readonly unhear: () => void;
  private readonly tracks = new Map<"audio" | "video", MediaStreamTrack | null>();
  private triedAt = Date.now();

  constructor(private readonly options: RelayOptions) {
    this.connection = this.open();
    this.patience = setInterval(() => {
      if (this.path.value !== "connected" && Date.now() - this.triedAt >= PATIENCE_MS) this.again();
    }, LOST_MS);
    this.unhear = onNetworkChange(this.networkChanged);
    options.join(this.session);
  }

  /** What we send from now on; null sends nothing of that kind. */
  async send(kind: "audio" | "video", track: MediaStreamTrack | null): Promise<void> {
    this.tracks.set(kind, track);
    await this.senderOf(kind)?.replaceTrack(track);
  }

  /** Sends the picture smaller by this factor. */
  scale(by: number): Promise<void> {
    return scaleSent(this.senderOf("video"), by);
  }

  /** An offer of the relay: for a former connection of ours it is nothing. */
  offered(offer: RelayOffer): void {
    if (offer.session !== this.session) return;
    const { connection } = this;
    this.work = this.work
      .then(() => this.take(offer, connection))
      .catch(() => {
        if (connection === this.connection) this.again();
      });
  }

  /** The relay has let go of this connection, or its node is gone: a new one is built. */
  gone(session: string): void {
    if (session === this.session) setTimeout(() => session === this.session && this.again(), LOST_MS);
  }

  /** Whether it is the connection of this page now, and not a former one or another page's. */
  is(session: string): boolean {
    return session === this.session;
  }

  /** Whose pictures the relay holds back now. */
  held(participants: readonly string[]): void {
    for (const [participant, feed] of this.feeds.value) feed.heldBack.value = participants.includes(participant);
  }

  /** How we come from one network to another: the keys stay, the path is new (ICE restart). */
  readonly networkChanged = (): void => {
    if (this.connection.remoteDescription && this.path.value !== "closed") this.options.restart(this.session);
  };

  close(): void {
    clearInterval(this.patience);
    clearTimeout(this.lost);
    this.unhear();
    this.session = "";
    this.connection.close();
    for (const feed of this.feeds.value.values()) feed.close();
    this.feeds.value = new Map();
    this.path.value = "closed";
  }

  private again(): void {
    if (this.path.value === "closed") return;
    this.triedAt = Date.now();
    this.session = newId();
    this.connection.close();
    this.connection = this.open();
    this.options.join(this.session);
  }

  private open(): RTCPeerConnection {
    const made = new RTCPeerConnection({ ...this.options.ice, bundlePolicy: "max-bundle" });
    made.onconnectionstatechange = () => {
      if (made === this.connection) this.changed(made.connectionState);
    };
    return made;
  }

  private changed(state: RTCPeerConnectionState): void {
    clearTimeout(this.lost);
    if (state === "connected") this.path.value = "connected";
    if (state === "disconnected") {
      this.path.value = "interrupted";
      this.triedAt = Date.now();
      this.lost = setTimeout(this.networkChanged, LOST_MS);
    }
    if (state === "failed") this.again();
  }

  private async take({ offer_no, description, tiles }: RelayOffer, connection: RTCPeerConnection): Promise<void> {
    if (connection !== this.connection) return;
    await connection.setRemoteDescription(description);
    for (const kind of ["audio", "video"] as const) {
      const own = this.ownOf(kind);
      if (own) own.direction = "sendonly";
      await own?.sender.replaceTrack(this.tracks.get(kind) ?? null);
    }
    this.show(new Map(tiles.map((tile) => [tile.participant, [tile.audio, tile.video]])));
    await connection.setLocalDescription();
    const sdp = connection.localDescription?.sdp;
    if (sdp && connection === this.connection) this.options.answer(this.session, offer_no, sdp);
  }

  /** A feed stays as long as its person: what they said of their devices, and their place on the screen, stay with it. */
  private show(tiles: ReadonlyMap<string, readonly string[]>): void {
    const feeds = new Map<string, RelayFeed>();
    const byMid = new Map(this.connection.getTransceivers().map((one) => [one.mid, one.receiver]));
    for (const [participant, mids] of tiles) {
      const feed = this.feeds.value.get(participant) ?? new RelayFeed(this.path);
      feed.take(mids.flatMap((mid) => byMid.get(mid) ?? []));
      feeds.set(participant, feed);
    }
    for (const [participant, feed] of this.feeds.value) if (!feeds.has(participant)) feed.close();
    this.feeds.value = feeds;
  }

  private ownOf(kind: "audio" | "video"): RTCRtpTransceiver | undefined {
    const mid = kind === "audio" ? "0" : "1";
    return this.connection.getTransceivers().find((one) => one.mid === mid);
  }

  private senderOf(kind: "audio" | "video"): RTCRtpSender | undefined {
    return this.ownOf(kind)?.sender;
  }
}
