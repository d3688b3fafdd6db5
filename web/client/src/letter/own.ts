/** How one's letters stand, in words, and which of them wait quietly: those never stand in the way of seeking care. */
import { locale, t } from "../base/words";
import type { LetterNow, OwnContact } from "../wire";
import "./words";

/** "Tuesday 2 December". */
export const dayWords = (at: string) =>
  new Intl.DateTimeFormat(locale(), { weekday: "long", day: "numeric", month: "long" }).format(new Date(at));

export const answerBy = ({ answer_by }: LetterNow) =>
  answer_by ? t("letter.answer_by", { day: dayWords(answer_by) }) : null;

/** A letter that may wait, or has its answer. One that became urgent, or a chat, is a contact like others. */
export function isQuiet({ letter, turn }: Pick<OwnContact, "letter" | "turn">): boolean {
  if (!letter || letter.turned) return false;
  return letter.answer_by !== null || turn === "patient";
}

/** Where it stands, in the list. */
export function stateWords(one: OwnContact): string {
  if (one.letter?.turned) return t("letter.goes_on");
  if (one.turn === "patient") return t("letter.answered");
  return (one.letter && answerBy(one.letter)) ?? t("letter.read_now");
}
