/** How loud each of the others is heard: an interpreter loud, and what they interpret low beneath, for who needs it. Pure. */
import type { VisitMember } from "../wire";

/** Low enough to follow the interpreter, loud enough to hear how something is said. */
const BENEATH = 0.25;

/** 0 to 1, for a patient or who is with them; staff hear everybody as they are. `speaking`: the interpreters who speak now. */
export function loudness(member: VisitMember, speaking: ReadonlySet<string>, own: VisitMember["role"]): number {
  if (own !== "patient" && own !== "relative") return 1;
  return member.role !== "interpreter" && speaking.size > 0 ? BENEATH : 1;
}

/** An interpreter first, where the layout never drops them; the others as they came. */
export const inOrder = (others: readonly VisitMember[]): VisitMember[] =>
  [...others].sort((one, other) => Number(other.role === "interpreter") - Number(one.role === "interpreter"));
