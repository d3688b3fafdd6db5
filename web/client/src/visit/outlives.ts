/** What outlives a line that is gone, and what one does who is wrongly taken for gone. */
import type { VisitMember } from "../wire";
import type { Path } from "./peer";

/** One that still carries sound outlives the other's line, but not their place in the visit: who is put aside hears no more. */
export const outlives = (theirs: VisitMember | undefined, path: Path): boolean => {
  if (theirs?.put_out || theirs?.place === "aside" || theirs?.place === "lobby") return false;
  return theirs?.place === "in" || path === "connected";
};

/**
 * Whether the server takes us for gone, who were there and are: a node that cannot hear of our line may say so. Whoever
 * was put out stays out.
 */
export const takenForGone = (before: VisitMember["place"] | undefined, own: VisitMember | undefined): boolean =>
  before !== undefined && before !== "left" && own?.place === "left" && !own.put_out;
