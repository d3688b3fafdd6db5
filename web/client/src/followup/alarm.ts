/** What an alarm of values measured at home says. Pure. */
import { locale, t } from "../base/words";
import { inMine } from "../form/text";
import type { AlarmGround, AlarmValue, FollowUpAlarm } from "../wire";
import "./words";

/** One ground in a few words: what is missing, what the limit says, or what was red. */
export const groundWords = ({ why, reason }: AlarmGround): string =>
  why === "was_red" ? t("followup.was_red", { reason: inMine(reason) }) : inMine(reason).replace(/\.$/, "");

/** All of it in one line, the most urgent first. */
export const alarmWords = ({ grounds }: FollowUpAlarm): string => grounds.map(groundWords).join("; ");

export const numberWords = (value: number): string => value.toLocaleString(locale());

/** A unit as it is written; what is counted has a word. */
export const unitWords = (unit: string | undefined): string =>
  unit === "points" ? t("followup.points") : (unit ?? "");

/** A value with its unit: "Oxygen saturation 84 %". */
export const valueWords = ({ measure, value, unit }: AlarmValue): string =>
  `${t(`followup.${measure}`)} ${numberWords(value)} ${unitWords(unit)}`;

/** What it was held against. */
export const limitWords = ({ against, bound, unit, within_h, reference }: AlarmValue): string =>
  t(`followup.against_${against}`, {
    bound,
    unit: unitWords(unit),
    hours: within_h ?? 0,
    reference: reference === null ? "" : numberWords(reference),
  });
