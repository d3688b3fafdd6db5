/**
 * One media connection to one other participant: "perfect negotiation" as in the example of W3C webrtc (10.7),
 * trickled candidates, an ICE restart when the path fails. Knows nothing of visits, devices or the screen.
 */
import { signal } from "@preact/signals";
import type { Candidate, Description } from "../wire";
import type { Feed } from "./feed";
import { MEDIA_OF_NOBODY, type MediaStates, readMediaStates } from "./media_states";
import { onNetworkChange } from "./network";
import { scaleSent } from "./scale";

export interface PeerMessage {
  description?: Description;
  candidate?: Candidate;
}

export type Path = "connecting" | "connected" | "interrupted" | "closed";

export interface PeerOptions {
  /** Of two offers that cross, the polite peer takes back its own (W3C webrtc 10.7). */
  polite: boolean;
  ice: RTCConfiguration;
  send(message: PeerMessage): void;
  /** Their end has hung up, or what they sent cannot be used: this connection will not come back. */
  onGone(): void;
}

/**
 * How long the polite peer leaves the first offer to the other. W3C's example lets both offer at once and the polite one
 * take its own back, but Chromium loses candidates and data channels when the very first offer is taken back.
 */
const FIRST_OFFER_MS = 2_000;
/** A path that is not there after this long is sought anew: a signal may have been lost with a broken line. */
const PATIENCE_MS = 8_000;

export class Peer implements Feed {
  readonly path = signal<Path>("connecting");
  readonly picture = signal<MediaStream | null>(null);
  /** What the other says of their microphone and camera: a muted track looks like silence, not like a decision. */
  readonly theirs = signal<MediaStates>(MEDIA_OF_NOBODY);
  readonly over = "peer";
  readonly heldBack = signal(false);
  readonly connection: RTCPeerConnection;
  private states: RTCDataChannel | null = null;
  private readonly early: Candidate[] = [];
  private mine: MediaStates = MEDIA_OF_NOBODY;
  private session = "";
  private makingOffer = false;
  private ignoreOffer = false;
  private settingAnswer = false;
  private work: Promise<void> = Promise.resolve();
  private readonly patience: ReturnType<typeof setInterval>;
  private readonly courtesy: ReturnType<typeof setTimeout>;
  private readonly unhear: () => void;

  constructor(private readonly options: PeerOptions) {
    this.connection = new RTCPeerConnection(options.ice);
    this.listen();
    this.courtesy = setTimeout(() => this.offerFirst(), FIRST_OFFER_MS);
    if (!options.polite) this.takeChannel(this.connection.createDataChannel("media-states"));
    this.patience = setInterval(() => {
      if (this.path.value !== "connected") this.restart();
    }, PATIENCE_MS);
    this.unhear = onNetworkChange(() => this.networkChanged());
  }

  /** Sends a track, or with null stops sending that kind. Negotiates only when there was nothing to send it with. */
  async send(kind: "audio" | "video", track: MediaStreamTrack | null, stream: MediaStream): Promise<void> {
    const sender = this.senderOf(kind);
    if (sender) await sender.replaceTrack(track);
    else if (track) this.connection.addTrack(track, stream);
  }

  /** The offering side asks for both kinds even when it has neither to give. */
  receiveBoth(): void {
    for (const kind of ["audio", "video"] as const) {
      if (!this.senderOf(kind)) this.connection.addTransceiver(kind, { direction: "recvonly" });
    }
  }

  /** Sends the picture smaller by this factor. */
  scale(by: number): Promise<void> {
    return scaleSent(this.senderOf("video"), by);
  }

  say(mine: MediaStates): void {
    this.mine = mine;
    if (this.states?.readyState === "open") this.states.send(JSON.stringify(mine));
  }

  /** True when a description comes from another page of theirs than the one we are connected to: they reloaded. */
  isFromAnotherPage(description: Description): boolean {
    const session = sessionOf(description.sdp);
    return this.session !== "" && session !== this.session;
  }

  /** Takes what the other peer sent, one message after the other. */
  receive(message: PeerMessage): void {
    this.work = this.work.then(() => this.take(message)).catch(() => this.options.onGone());
  }

  /** Looks for a path again: the network changed, or the other side did not get our offer. */
  restart(): void {
    if (this.connection.signalingState === "have-local-offer") this.sendDescription();
    else if (this.connection.remoteDescription) this.connection.restartIce();
    else this.offerFirst();
  }

  async stats(): Promise<Record<string, unknown>[]> {
    return [...(await this.connection.getStats()).values()];
  }

  close(): void {
    clearInterval(this.patience);
    clearTimeout(this.courtesy);
    this.unhear();
    this.connection.close();
    this.path.value = "closed";
  }

  /** Another path is sought before the old one is found to be broken; what flows goes on meanwhile. */
  private networkChanged(): void {
    const { connection } = this;
    if (connection.remoteDescription && connection.signalingState !== "closed") connection.restartIce();
  }

  private listen(): void {
    const { connection } = this;
    connection.onnegotiationneeded = () => {
      if (!this.options.polite || connection.remoteDescription) void this.offer();
    };
    connection.onicecandidate = ({ candidate }) => {
      if (candidate) this.options.send({ candidate: plain(candidate) });
    };
    connection.oniceconnectionstatechange = () => {
      if (connection.iceConnectionState === "failed") connection.restartIce();
    };
    connection.onconnectionstatechange = () => this.pathChanged();
    connection.ontrack = ({ track, streams }) => {
      this.picture.value = streams[0] ?? new MediaStream([track]);
    };
    connection.ondatachannel = ({ channel }) => this.takeChannel(channel);
  }

  private takeChannel(channel: RTCDataChannel): void {
    this.states = channel;
    channel.onopen = () => this.say(this.mine);
    channel.onmessage = ({ data }) => {
      this.theirs.value = readMediaStates(data) ?? this.theirs.value;
    };
    channel.onclose = () => this.options.onGone();
    this.say(this.mine);
  }

  /** When nothing has come from the other side, nor gone to it. */
  private offerFirst(): void {
    const { remoteDescription, signalingState } = this.connection;
    if (!remoteDescription && signalingState === "stable") void this.offer();
  }

  private async offer(): Promise<void> {
    this.makingOffer = true;
    try {
      await this.connection.setLocalDescription();
      this.sendDescription();
    } finally {
      this.makingOffer = false;
    }
  }

  private async take({ description, candidate }: PeerMessage): Promise<void> {
    if (this.connection.signalingState === "closed") return;
    if (description) await this.takeDescription(description);
    else if (candidate) await this.takeCandidate(candidate);
  }

  private async takeDescription(description: Description): Promise<void> {
    const { connection } = this;
    const ready = !this.makingOffer && (connection.signalingState === "stable" || this.settingAnswer);
    const collision = description.type === "offer" && !ready;
    this.ignoreOffer = !this.options.polite && collision;
    if (this.ignoreOffer) return;
    this.settingAnswer = description.type === "answer";
    await connection.setRemoteDescription(description);
    this.settingAnswer = false;
    this.session = sessionOf(description.sdp);
    for (const candidate of this.early.splice(0)) await this.takeCandidate(candidate);
    if (description.type !== "offer") return;
    await connection.setLocalDescription();
    this.sendDescription();
  }

  private async takeCandidate(candidate: Candidate): Promise<void> {
    if (!this.connection.remoteDescription) {
      if (!this.ignoreOffer) this.early.push(candidate);
      return;
    }
    try {
      await this.connection.addIceCandidate(candidate);
    } catch (error) {
      if (!this.ignoreOffer) throw error; // a candidate of an offer we ignored belongs nowhere
    }
  }

  private sendDescription(): void {
    const description = this.connection.localDescription;
    if (description) this.options.send({ description: { type: description.type, sdp: description.sdp } });
  }

  private pathChanged(): void {
    const state = this.connection.connectionState;
    if (state === "connected") this.path.value = "connected";
    else if (state === "disconnected" || state === "failed") this.path.value = "interrupted";
    else if (state === "closed") this.path.value = "closed";
  }

  private senderOf(kind: "audio" | "video"): RTCRtpSender | undefined {
    return this.connection.getTransceivers().find((one) => one.receiver.track.kind === kind && sends(one))?.sender;
  }
}

/** A transceiver that only receives must be asked to send too, by `addTrack`; one that sends takes another track. */
function sends(transceiver: RTCRtpTransceiver): boolean {
  return transceiver.direction === "sendrecv" || transceiver.direction === "sendonly";
}

/** The session id of RFC 8866's `o=` line: one page's connection keeps it, a reloaded page has another. */
function sessionOf(sdp: string): string {
  return /^o=\S+ (\d+) /m.exec(sdp)?.[1] ?? "";
}

function plain(candidate: RTCIceCandidate): Candidate {
  const { candidate: line, sdpMid, sdpMLineIndex, usernameFragment } = candidate;
  return { candidate: line, sdpMid, sdpMLineIndex, usernameFragment };
}
