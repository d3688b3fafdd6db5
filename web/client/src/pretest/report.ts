/** What a test found, in plain words: one line for each thing, the numbers behind them. */
import { locale, t } from "../base/words";
import type { ConnectionResult } from "../wire";
import "./words";

export type Found = Required<ConnectionResult>;

export interface ReportLine {
  name: "camera" | "microphone" | "speaker" | "network" | "strict";
  text: string;
  good: boolean;
}

/** The limits of `rtc/room/tested.py`, by which the unit is told the same. */
const ROUND_TRIP_MS = 400;
const LOSS_PERMILLE = 50;
const PICTURE_KBIT_S = 300;

const isGoodLine = ({ connected, round_trip_ms, loss_permille, kbit_s }: Found): boolean =>
  connected && round_trip_ms <= ROUND_TRIP_MS && loss_permille <= LOSS_PERMILLE && kbit_s >= PICTURE_KBIT_S;

export function gradeOf(found: Found): "good" | "poor" | "none" {
  if (!found.connected) return "none";
  const devices = found.camera === "works" && found.microphone === "works" && found.speaker !== "not_heard";
  return devices && isGoodLine(found) ? "good" : "poor";
}

export function reportOf(found: Found): ReportLine[] {
  const { camera, microphone, speaker, connected, round_trip_ms, loss_permille, kbit_s } = found;
  const one = new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 });
  const line = { trip: round_trip_ms, loss: one.format(loss_permille / 10), kbit: one.format(kbit_s) };
  const lines: ReportLine[] = [
    { name: "camera", text: t(`pretest.${camera}`), good: camera === "works" },
    { name: "microphone", text: t(`pretest.${microphone}`), good: microphone === "works" },
    { name: "speaker", text: t(`pretest.${speaker}`), good: speaker !== "not_heard" },
    { name: "network", text: connected ? t("pretest.line", line) : t("pretest.no_line"), good: isGoodLine(found) },
  ];
  const ways = (["udp", "tcp", "tls"] as const).filter((way) => found[way] !== "untried");
  if (ways.length > 0) lines.push(strict(ways.filter((way) => found[way] === "reached")));
  return lines;
}

function strict(reached: readonly string[]): ReportLine {
  const list = new Intl.ListFormat(locale(), { type: "conjunction" });
  const ways = list.format(reached.map((way) => way.toUpperCase()));
  const text = reached.length > 0 ? t("pretest.ways", { ways }) : t("pretest.no_ways");
  return { name: "strict", text, good: reached.length > 0 };
}
