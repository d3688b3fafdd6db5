/** Sends camera and microphone to our own server and measures what comes back. Nothing is played, shown or kept of it. */
import type { Connection } from "../base/connection";
import { newId } from "../base/id";
import { iceOf } from "../visit/ice";
import type { IceServer, TestOffer } from "../wire";

export interface Measured {
  connected: boolean;
  round_trip_ms: number;
  loss_permille: number;
  kbit_s: number;
}

export const NOTHING: Measured = { connected: false, round_trip_ms: 0, loss_permille: 0, kbit_s: 0 };
const CONNECT_MS = 12_000;
/** A browser begins low and sends more as it finds that the line carries it. */
const SETTLE_MS = 6_000;
const MEASURE_MS = 5_000;

interface Counted {
  bytes: number;
  packets: number;
  lost: number;
  trip_ms: number;
}

export class Echo {
  /** The TURN servers that the test was told of. */
  servers: IceServer[] = [];
  private peer: RTCPeerConnection | null = null;
  private readonly session = newId();

  constructor(
    private readonly connection: Connection,
    private readonly contact_id: string,
  ) {}

  /** Rejects with a `Refusal` where the server gives no test now. */
  async measure(tracks: readonly (MediaStreamTrack | null)[]): Promise<Measured> {
    const { contact_id, session } = this;
    const first = await this.connection.call("test:begin", { contact_id, session });
    this.servers = first.ice_servers;
    const peer = new RTCPeerConnection({ ...iceOf(first), bundlePolicy: "max-bundle" });
    this.peer = peer;
    let offer: TestOffer | null = first;
    while (offer) offer = await this.answer(peer, offer, tracks);
    if (!(await isConnected(peer))) return NOTHING;
    await passes(SETTLE_MS);
    const before = await counted(peer);
    await passes(MEASURE_MS);
    return between(before, await counted(peer), tracks[1] !== null);
  }

  close(): void {
    this.peer?.close();
    this.peer = null;
    void this.connection.call("test:end", { contact_id: this.contact_id }).catch(() => undefined); // ends by itself too
  }

  private async answer(
    peer: RTCPeerConnection,
    { offer_no, description }: TestOffer,
    tracks: readonly (MediaStreamTrack | null)[],
  ): Promise<TestOffer | null> {
    await peer.setRemoteDescription(description);
    for (const [place, track] of tracks.entries()) {
      const own = peer.getTransceivers().find((one) => one.mid === String(place));
      if (own) own.direction = "sendonly";
      await own?.sender.replaceTrack(track);
    }
    await peer.setLocalDescription();
    const { contact_id, session } = this;
    const told = { type: "answer" as const, sdp: peer.localDescription?.sdp ?? "" };
    const answered = await this.connection.call("test:answer", { contact_id, session, offer_no, description: told });
    return answered.offer;
  }
}

const passes = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

function isConnected(peer: RTCPeerConnection): Promise<boolean> {
  return new Promise((done) => {
    const timer = setTimeout(() => done(false), CONNECT_MS);
    const look = () => {
      if (peer.connectionState !== "connected" && peer.connectionState !== "failed") return;
      clearTimeout(timer);
      done(peer.connectionState === "connected");
    };
    peer.onconnectionstatechange = look;
    look();
  });
}

async function counted(peer: RTCPeerConnection): Promise<Counted> {
  const sum: Counted = { bytes: 0, packets: 0, lost: 0, trip_ms: 0 };
  for (const one of (await peer.getStats()).values() as Iterable<Record<string, unknown>>) {
    const number = (name: string) => (typeof one[name] === "number" ? (one[name] as number) : 0);
    if (one.type === "inbound-rtp") {
      if (one.kind === "video") sum.bytes += number("bytesReceived");
      sum.packets += number("packetsReceived");
      sum.lost += number("packetsLost");
    }
    if (one.type === "candidate-pair") sum.trip_ms = Math.max(sum.trip_ms, number("currentRoundTripTime") * 1000);
    if (one.type === "remote-inbound-rtp") sum.trip_ms = Math.max(sum.trip_ms, number("roundTripTime") * 1000);
  }
  return sum;
}

/** What came back between two readings. With nothing to send there is nothing to measure but the way itself. */
export function between(before: Counted, after: Counted, sends: boolean): Measured {
  const came = after.packets - before.packets;
  const lost = Math.max(0, after.lost - before.lost);
  return {
    connected: came > 0 || !sends,
    round_trip_ms: Math.round(after.trip_ms),
    loss_permille: came + lost > 0 ? Math.round((1000 * lost) / (came + lost)) : 0,
    kbit_s: Math.round(((after.bytes - before.bytes) * 8) / MEASURE_MS),
  };
}
