/** A waiting time in words: minutes up to two hours, then hours. Rounded outwards, so that it never promises too much. */
import { t } from "../base/words";
import type { Wait } from "../wire";

const MINUTES_AT_MOST = 120;

export function intervalWords({ low_min, high_min }: Pick<Wait, "place" | "low_min" | "high_min">): string {
  if (high_min < MINUTES_AT_MOST)
    return spanWords(roundedMinutes(low_min, Math.floor), roundedMinutes(high_min, Math.ceil), "minutes");
  return spanWords(Math.floor(low_min / 60), Math.ceil(high_min / 60), "hours");
}

/** Under ten minutes exact, above to the nearest five: a queue is not known better than that. */
function roundedMinutes(minutes: number, round: (value: number) => number): number {
  return minutes < 10 ? round(minutes) : round(minutes / 5) * 5;
}

function spanWords(low: number, high: number, unit: "minutes" | "hours"): string {
  const top = Math.max(high, 1);
  if (low < 1) return t(`patient.up_to_${unit}`, { n: top });
  return low === top ? t(`patient.about_${unit}`, { n: top }) : t(`patient.between_${unit}`, { low, n: top });
}
