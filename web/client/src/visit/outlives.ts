/** Which connection from peer to peer goes on though the other's line is gone. */
import type { VisitMember } from "../wire";
import type { Path } from "./peer";

/** One that still carries sound outlives the other's line, but not their place in the visit: who is put aside hears no more. */
export const outlives = (theirs: VisitMember | undefined, path: Path): boolean => {
  if (theirs?.put_out || theirs?.place === "aside" || theirs?.place === "lobby") return false;
  return theirs?.place === "in" || path === "connected";
};
