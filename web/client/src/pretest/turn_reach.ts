/** By which ways the TURN servers are reached: whether the browser is given a relayed candidate by each alone. */

import { rtcServer } from "../visit/ice";
import type { ConnectionResult, IceServer } from "../wire";

export type Way = "udp" | "tcp" | "tls";
type Reached = NonNullable<ConnectionResult["udp"]>;

const WITHIN_MS = 6_000;

/** What a TURN address goes by (RFC 7065); null for one that only tells an address (STUN). */
export function wayOf(url: string): Way | null {
  if (url.startsWith("turns:")) return "tls";
  if (!url.startsWith("turn:")) return null;
  return url.includes("transport=tcp") ? "tcp" : "udp";
}

export async function turnReach(servers: readonly IceServer[]): Promise<Record<Way, Reached>> {
  const found: Record<Way, Reached> = { udp: "untried", tcp: "untried", tls: "untried" };
  const tries = servers.flatMap((server) =>
    server.urls.map(async (url) => {
      const way = wayOf(url);
      if (!way) return;
      const reached = await isReached({ ...server, urls: [url] });
      if (found[way] !== "reached") found[way] = reached ? "reached" : "not_reached";
    }),
  );
  await Promise.all(tries);
  return found;
}

function isReached(server: IceServer): Promise<boolean> {
  const probe = new RTCPeerConnection({ iceServers: [rtcServer(server)], iceTransportPolicy: "relay" });
  return new Promise<boolean>((done) => {
    const timer = setTimeout(() => done(false), WITHIN_MS);
    const answer = (reached: boolean) => {
      clearTimeout(timer);
      done(reached);
    };
    probe.onicecandidate = ({ candidate }) => {
      if (candidate?.candidate) answer(true);
      else if (!candidate) answer(false);
    };
    probe.createDataChannel("reach");
    probe.setLocalDescription().catch(() => answer(false));
  }).finally(() => probe.close());
}
