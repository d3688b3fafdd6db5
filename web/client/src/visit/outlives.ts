/** Which connection from peer to peer goes on though the other's line is gone. */
import type { VisitMember } from "../wire";
import type { Path } from "./peer";

/** One that still carries sound outlives the other's line, but not their right to be in the visit. */
export const outlives = (theirs: VisitMember | undefined, path: Path): boolean =>
  !theirs?.put_out && (theirs?.place === "in" || path === "connected");
