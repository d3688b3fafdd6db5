/** A waiting time in words: minutes up to two hours, then hours. Rounded outwards, so that it never promises too much. */
import { locale, t } from "../base/words";

const MINUTES_AT_MOST = 120;

export interface Minutes {
  low_min: number;
  high_min: number;
}

export function intervalWords({ low_min, high_min }: Minutes): string {
  const low = roundedMinutes(low_min, Math.floor);
  if (high_min < MINUTES_AT_MOST) return spanWords(low, roundedMinutes(high_min, Math.ceil), "minutes");
  const hours = Math.ceil(high_min / 60);
  if (low_min >= 60 || low < 1) return spanWords(Math.floor(low_min / 60), hours, "hours");
  return t("patient.between_mixed", { low: plain(low, "minute"), high: plain(hours, "hour") });
}

/** "55 minutes". */
const plain = (value: number, unit: "minute" | "hour") =>
  new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "long" }).format(value);

/** Under ten minutes exact, above to the nearest five: a queue is not known better than that. */
function roundedMinutes(minutes: number, round: (value: number) => number): number {
  return minutes < 10 ? round(minutes) : round(minutes / 5) * 5;
}

function spanWords(low: number, high: number, unit: "minutes" | "hours"): string {
  const top = Math.max(high, 1);
  if (low < 1) return t(`patient.up_to_${unit}`, { n: top });
  return low === top ? t(`patient.about_${unit}`, { n: top }) : t(`patient.between_${unit}`, { low, n: top });
}
