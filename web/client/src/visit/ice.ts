/** By which ways a connection may go, as the server says. */
import type { IceServer, InVisit } from "../wire";

export const iceOf = ({ ice_servers, relay_only }: Pick<InVisit, "ice_servers" | "relay_only">): RTCConfiguration => ({
  iceServers: ice_servers.map(rtcServer),
  iceTransportPolicy: relay_only ? "relay" : "all",
});

export function rtcServer({ urls, username, credential }: IceServer): RTCIceServer {
  return username ? { urls, username, credential } : { urls };
}
