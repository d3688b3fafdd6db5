/**
 * One person's place in a video visit: lobby or in, their devices, and a connection to each of the others.
 * The server says who may be in; this only follows it. Draws nothing.
 */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { type Connection, Refusal } from "../base/connection";
import { newId } from "../base/id";
import { Captions } from "../captions/captions";
import type { InVisit, Measured, PageHere, Signal, VisitMember, VisitSummary } from "../wire";
import { Devices } from "./devices";
import { Door } from "./door";
import type { Feed } from "./feed";
import { iceOf } from "./ice";
import { LatestPage } from "./latest_page";
import { Outbox } from "./outbox";
import { outlives, takenForGone } from "./outlives";
import { Peer } from "./peer";
import { Relayed } from "./relayed";
import { after, NO_PICTURE, NOTHING_YIELDED, SCALES, type Yielding } from "./yielding";

/** Elsewhere: the same person has come to the visit by another page of theirs, and this one has let go. */
export type Place = "entering" | "lobby" | "in" | "aside" | "elsewhere" | "over";
export type Role = VisitMember["role"];

export interface VisitOf {
  connection: Connection;
  contact_id: string;
  visit_id: string;
  role: Role;
}

/** The other side may still see us from peer to peer when we see them over the relay already. */
const LET_GO_MS = 5_000;

export class Visit {
  readonly devices = new Devices();
  readonly place = signal<Place>("entering");
  /** The code of a refusal, when the server would not let this page in. */
  readonly refused = signal<string | null>(null);
  readonly peers = signal<ReadonlyMap<string, Peer>>(new Map());
  readonly members = signal<readonly VisitMember[]>([]);
  readonly me = signal("");
  /** How each of the others reaches us now: over the relay as soon as it has brought them, else from peer to peer. */
  readonly feeds = computed<ReadonlyMap<string, Feed>>(() => this.bestFeeds());
  readonly door: Door;
  readonly captions: Captions;
  /** When who waits is let in, if staff have said (RFC 3339). */
  readonly expected = signal("");
  /** Of whom the picture is not enough to judge anything by it, as it comes here. */
  readonly notEnough = signal<ReadonlySet<string>>(new Set());
  /** A clinician has turned our microphone off; until it is on again. */
  readonly muted = signal(false);
  /** What our own picture gives up, since it does not arrive well at somebody's. */
  readonly yielded = signal<Yielding>(NOTHING_YIELDED);
  private readonly relayed: Relayed;
  private isRelayed = false;
  /** Where the server said last that we are. */
  private toldPlace: VisitMember["place"] | undefined;
  private readonly outbox: Outbox;
  /** Signals that overtook the news that we were let in. Without them both sides would wait for each other. */
  private early: Signal[] = [];
  private ice: RTCConfiguration = {};
  private toldStates: ReadonlySet<string> = new Set();
  private readonly undo: (() => void)[];
  /** This page's own word for itself: of several pages of one person one is in the visit. */
  private readonly page = newId();
  private readonly pages = new LatestPage(this.page);

  constructor(readonly of: VisitOf) {
    this.outbox = new Outbox(of);
    this.relayed = new Relayed(of, () => this.end("elsewhere"));
    this.door = new Door(of);
    const { members, me, devices } = this;
    this.captions = new Captions({ ...of, members, me, microphone: devices.microphone });
    this.undo = [
      of.connection.onUp(() => void this.enter()),
      of.connection.on("signal", (message) => this.heard(message)),
      of.connection.on("page_here", (told) => this.heardPage(told)),
      of.connection.on("muted", (told) => this.heardMuted(told.visit_id)),
      effect(() => this.sendTracks(this.devices.microphone, "audio")),
      effect(() => this.sendTracks(this.devices.picture, "video")),
      effect(() => this.sayStates()),
      effect(() => {
        if (this.place.value === "in") this.sayHere(false);
      }),
      effect(() => this.letPeersGo()),
      effect(() => this.scalePicture()),
      effect(() => {
        if (this.devices.microphoneOn.value) this.muted.value = false;
      }),
    ];
    const yielding = setInterval(() => this.yieldOneSecond(), 1_000);
    this.undo.push(() => clearInterval(yielding));
  }

  get isClinician(): boolean {
    return this.of.role === "clinician";
  }

  get role(): Role {
    return this.of.role;
  }

  /** Beside whose visit there is a chat to go back to. */
  get isPatient(): boolean {
    return this.of.role === "patient";
  }

  /** The others in the visit, in the order the server names them. */
  get others(): VisitMember[] {
    return this.members.value.filter((member) => member.participant !== this.me.value && member.place !== "left");
  }

  /** Takes over what the contact's summary says; null when the visit is over. */
  follow(summary: VisitSummary | null): void {
    if (!summary || summary.visit_id !== this.of.visit_id) {
      if (this.place.value === "elsewhere") this.place.value = "over";
      else if (this.place.value !== "entering") this.end();
      return;
    }
    this.members.value = summary.members;
    this.isRelayed = summary.relayed ?? false;
    this.captions.follow(summary);
    this.expected.value = summary.expected ?? "";
    const own = summary.members.find((member) => member.participant === this.me.value);
    if (own && !this.hasEnded) this.stand(own);
    if (!this.hasEnded && takenForGone(this.toldPlace, own)) void this.enter();
    this.toldPlace = own?.place;
    this.forgetQuality();
    this.meet();
  }

  /** Where the server has us. Who is put aside or sent back lets go of everybody, and waits. */
  private stand({ place, put_out }: VisitMember): void {
    if (put_out && place === "left") {
      this.refused.value = "removed";
      this.end();
    } else if (place !== "left") {
      if (place !== "in") this.letGoOfAll();
      this.place.value = place;
    }
  }

  private letGoOfAll(): void {
    for (const participant of this.peers.value.keys()) this.drop(participant);
    this.relayed.away();
    this.toldStates = new Set();
    this.early = [];
  }

  /** Hangs up for oneself; the visit goes on. */
  async leave(): Promise<void> {
    const { connection, contact_id, visit_id } = this.of;
    if (this.hasEnded) return;
    this.end();
    await connection.call("visit:leave", { contact_id, visit_id }).catch(onlyRefusal); // the server sees the page go anyway
  }

  /** Clinician: lets someone in from the lobby. Rejects with a `Refusal`. */
  async admit(participant: string): Promise<void> {
    const { connection, contact_id, visit_id } = this.of;
    await connection.call("visit:admit", { contact_id, visit_id, participant });
  }

  /** Clinician: ends the visit for all. Rejects with a `Refusal`; then the visit goes on. */
  async endForAll(): Promise<void> {
    const { connection, contact_id, visit_id } = this.of;
    await connection.call("visit:end", { contact_id, visit_id });
    this.end();
  }

  /** Clinician: turns somebody's microphone off; only they turn it on again. */
  async mute(participant: string): Promise<void> {
    const { connection, contact_id, visit_id } = this.of;
    await connection.call("visit:mute", { contact_id, visit_id, participant }).catch(onlyRefusal);
  }

  /** For ten seconds somebody's picture was not enough, or is again. Noted where a clinician sees or is seen. */
  noteQuality(of: string, enough: boolean, measured: Measured): void {
    const now = new Set(this.notEnough.value);
    if (enough) now.delete(of);
    else now.add(of);
    this.notEnough.value = now;
    const theirs = this.members.value.find((one) => one.participant === of);
    if (!this.isClinician && theirs?.role !== "clinician") return;
    const { connection, contact_id, visit_id } = this.of;
    void connection.call("visit:quality", { contact_id, visit_id, of, enough, measured }).catch(onlyRefusal);
  }

  /** Who is in no more, or whom we see no more, is judged anew when they are back. */
  private forgetQuality(): void {
    const seen = this.place.value === "in" ? this.others.filter((one) => one.place === "in") : [];
    const now = seen.map((one) => one.participant).filter((one) => this.notEnough.value.has(one));
    if (now.length < this.notEnough.value.size) this.notEnough.value = new Set(now);
  }

  /** Ends everything in this page: devices, connections, listening. */
  end(place: "over" | "elsewhere" = "over"): void {
    this.place.value = place;
    for (const undo of this.undo) undo();
    for (const peer of this.peers.value.values()) peer.close();
    this.peers.value = new Map();
    this.relayed.close();
    this.captions.end();
    this.outbox.close();
    this.devices.close();
  }

  /** Also after the line was gone: the server may have noted that we left. Paths that broke meanwhile are sought again. */
  private async enter(): Promise<void> {
    const { connection, contact_id, visit_id } = this.of;
    const answer = await connection.insist("visit:enter", { contact_id, visit_id }).catch(onlyRefusal);
    if (this.hasEnded) return;
    if (answer instanceof Refusal) this.refused.value = answer.code;
    else this.entered(answer);
  }

  private entered(answer: InVisit): void {
    this.refused.value = null;
    this.ice = iceOf(answer);
    this.me.value = answer.participant;
    this.captions.may.value = answer.captions;
    if (answer.place === "in" && this.place.value === "in") this.sayHere(true);
    this.place.value = answer.place;
    for (const peer of this.peers.value.values()) if (peer.path.value !== "connected") peer.restart();
    this.meet();
  }

  /** A connection to everyone who is in, none to who is not but those that outlive the other's line. */
  private meet(): void {
    if (this.place.value !== "in" || !this.me.value) return;
    if (this.isRelayed) this.meetOnRelay();
    for (const { participant, place } of this.others) {
      if (place === "in" && !this.isRelayed && !this.peers.value.has(participant)) this.reach(participant);
    }
    for (const message of this.early.splice(0)) this.heard(message);
    for (const [participant, peer] of this.peers.value) {
      const theirs = this.members.value.find((one) => one.participant === participant);
      if (!outlives(theirs, peer.path.value)) this.drop(participant);
    }
  }

  private heard(message: Signal): void {
    const { visit_id, sender, description, candidate } = message;
    if (visit_id !== this.of.visit_id || this.hasEnded) return;
    if (this.place.value !== "in") {
      this.early.push(message);
      return;
    }
    const known = this.peers.value.get(sender);
    if (!known && this.isRelayed) return;
    const reloaded = description?.type === "offer" && known?.isFromAnotherPage(description);
    if (reloaded) this.drop(sender);
    const peer = known && !reloaded ? known : this.reach(sender);
    peer.receive({ description: description ?? undefined, candidate: candidate ?? undefined });
  }

  /** Who comes later has not heard what our devices do: it is said again whenever somebody is new. */
  private meetOnRelay(): void {
    const { microphone, picture, states } = this.devices;
    const inside = this.others.filter((one) => one.place === "in").map((one) => one.participant);
    this.relayed.join(this.ice, { audio: microphone.peek(), video: picture.peek() });
    if (inside.some((one) => !this.toldStates.has(one))) this.relayed.say(states.peek());
    this.toldStates = new Set(inside);
  }

  private get hasEnded(): boolean {
    return this.place.value === "over" || this.place.value === "elsewhere";
  }

  /** Tells one's other pages that this one is in the visit now. */
  private sayHere(resumes: boolean): void {
    const { connection, contact_id, visit_id } = this.of;
    void connection.call("visit:here", { contact_id, visit_id, page_id: this.page, resumes }).catch(onlyRefusal);
  }

  /** Another page was come to after this one, or had been left for it and does not know: then it is told again. */
  private heardPage(told: PageHere): void {
    if (told.visit_id !== this.of.visit_id || this.place.value !== "in") return;
    const now = told.resumes && told.page_id !== this.page ? "say_again" : this.pages.heard(told);
    if (now === "say_again") this.sayHere(false);
    else if (now === "let_go") this.end("elsewhere");
  }

  private heardMuted(visit_id: string): void {
    if (visit_id !== this.of.visit_id || this.place.value !== "in" || !this.devices.microphoneOn.value) return;
    this.devices.toggleMicrophone();
    this.muted.value = true;
  }

  /** Over the relay nothing is given up for one weak line: what that is given the relay decides. */
  private yieldOneSecond(): void {
    const own = this.members.value.find((one) => one.participant === this.me.value);
    const now = after(this.yielded.value, own?.poor === true && this.place.value === "in" && !this.isRelayed);
    const off = now.step === NO_PICTURE && this.yielded.value.step !== NO_PICTURE;
    this.yielded.value = now;
    if (off && this.devices.cameraOn.value && !this.devices.screen.value) this.devices.toggleCamera();
  }

  private scalePicture(): void {
    const scale = this.devices.screen.value ? 1 : SCALES[this.yielded.value.step]; // small text is no text
    for (const peer of this.peers.value.values()) void peer.scale(scale);
    void this.relayed.relay.value?.scale(scale);
  }

  private bestFeeds(): ReadonlyMap<string, Feed> {
    const best = new Map<string, Feed>(this.peers.value);
    for (const [participant, feed] of this.relayed.feeds.value) {
      if (feed.arrived.value || !best.has(participant)) best.set(participant, feed);
    }
    return best;
  }

  /** A connection from peer to peer ends when the relay has brought the same person. */
  private letPeersGo(): void {
    for (const [participant, feed] of this.relayed.feeds.value) {
      const peer = this.peers.peek().get(participant);
      if (peer) this.relayed.know(participant, peer.theirs);
      if (peer && feed.arrived.value) setTimeout(() => this.drop(participant), LET_GO_MS);
    }
  }

  private reach(participant: string): Peer {
    const polite = this.isPoliteTo(participant);
    const peer: Peer = new Peer({
      polite,
      ice: this.ice,
      send: (message) => this.outbox.send(participant, message, () => peer.restart()),
      onGone: () => this.gone(participant, peer),
    });
    this.peers.value = new Map(this.peers.value).set(participant, peer);
    const { microphone, picture, stream, states } = this.devices;
    void peer.send("audio", microphone.value, stream);
    void peer.send("video", picture.value, stream);
    if (!polite) peer.receiveBoth();
    peer.say(states.value);
    return peer;
  }

  /** The patient is the polite peer; between two of a kind the ids decide, the same way on both sides. */
  private isPoliteTo(participant: string): boolean {
    const theirs = this.members.value.find((member) => member.participant === participant)?.role;
    if ((this.of.role === "patient") !== (theirs === "patient")) return this.of.role === "patient";
    return this.me.value < participant;
  }

  private gone(participant: string, peer: Peer): void {
    if (this.peers.value.get(participant) !== peer) return;
    this.drop(participant);
    this.meet();
  }

  private drop(participant: string): void {
    this.peers.value.get(participant)?.close();
    const rest = new Map(this.peers.value);
    rest.delete(participant);
    this.peers.value = rest;
    this.outbox.forget(participant);
  }

  private sendTracks(track: ReadonlySignal<MediaStreamTrack | null>, kind: "audio" | "video"): void {
    const now = track.value;
    for (const peer of this.peers.peek().values()) void peer.send(kind, now, this.devices.stream);
    void this.relayed.relay.peek()?.send(kind, now);
  }

  private sayStates(): void {
    const states = this.devices.states.value;
    for (const peer of this.peers.peek().values()) peer.say(states);
    this.relayed.say(states);
  }
}

function onlyRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}
