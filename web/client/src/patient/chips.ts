/** What the patient says about the chips, and what that changes. */
import type { Chip } from "../wire";

export type Say = "yes" | "no";
export type Said = Readonly<Record<string, Say>>;

/** What the answers change: "has" struck, "unsure" settled either way, "has not" taken back. */
export function correction(chips: readonly Chip[], said: Said): { struck: string[]; added: string[] } {
  const changed = (say: Say, alreadySo: Chip["state"]) =>
    chips.filter((chip) => said[chip.concept] === say && chip.state !== alreadySo).map((chip) => chip.concept);
  return { struck: changed("no", "has_not"), added: changed("yes", "has") };
}
