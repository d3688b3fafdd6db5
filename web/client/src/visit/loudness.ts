/** How loud each of the others is heard: an interpreter loud, and what they interpret low beneath, for who needs it. Pure. */
import type { VisitMember } from "../wire";
import type { Feed } from "./feed";
import { SIGNED } from "./languages";

/** Low enough to follow the interpreter, loud enough to hear how something is said. */
const BENEATH = 0.25;

/** Whether the interpreter speaks: who signs has their picture, and nobody's sound is in its way. */
const speaks = ({ role, lang, place, participant }: VisitMember, feeds: ReadonlyMap<string, Feed>): boolean =>
  role === "interpreter" &&
  place === "in" &&
  !SIGNED.some((one) => one === lang) &&
  feeds.get(participant)?.theirs.value.microphone === true;

/** 0 to 1, for a patient or who is with them; staff hear everybody as they are. */
export function loudness(
  member: VisitMember,
  others: readonly VisitMember[],
  feeds: ReadonlyMap<string, Feed>,
  own: VisitMember["role"],
): number {
  if (own !== "patient" && own !== "relative") return 1;
  return member.role !== "interpreter" && others.some((one) => speaks(one, feeds)) ? BENEATH : 1;
}

/** An interpreter first, where the layout never drops them; the others as they came. */
export const inOrder = (others: readonly VisitMember[]): VisitMember[] =>
  [...others].sort((one, other) => Number(other.role === "interpreter") - Number(one.role === "interpreter"));
