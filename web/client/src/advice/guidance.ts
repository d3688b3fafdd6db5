/** What staff follow here (endings, the emergency call, failed contact): fetched with each new line, the same for all. */
import { signal } from "@preact/signals";
import type { Connection } from "../base/connection";
import { Refusal } from "../base/refusal";
import { lang } from "../base/words";
import type { ClosingRule, Guidance, Wording } from "../wire";

export const guidance = signal<Guidance | null>(null);

export function keepGuidance(connection: Connection): void {
  connection.onUp(() => {
    void connection.call("guidance:show", {}).then(
      (answer) => {
        guidance.value = answer;
      },
      (error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
      },
    );
  });
}

/** The rule of a reason; null while it is not known, when the server asks all the same. */
export const ruleOf = (reason: string): ClosingRule | null =>
  guidance.value?.closing.find((one) => one.reason === reason) ?? null;

/** The text in the language of the screen. */
export const inMine = (wording: Wording): string => wording[lang.value];

/** The text in the language of the conversation; English where we do not have it. */
export function inTheirs(wording: Wording, spoken: string): { text: string; lang: "sv" | "nb" | "en" } {
  const known = spoken === "sv" || spoken === "nb" ? spoken : "en";
  return { text: wording[known], lang: known };
}
