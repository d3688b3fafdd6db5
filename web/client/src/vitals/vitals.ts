/** What somebody measured and typed, as it is read and as it is typed. Pure. */
import { locale, t } from "../base/words";
import type { EntryView, TellVitals } from "../wire";
import "./words";

export type Vitals = TellVitals["vitals"];
export type Sign = keyof Vitals;
/** In the order they are asked for. */
export const SIGNS = ["temp", "spo2", "hr", "rr", "sbp", "dbp", "weight"] as const satisfies readonly Sign[];

const UNITS: Record<Sign, string> = {
  temp: "°C",
  spo2: "%",
  hr: "/min",
  rr: "/min",
  sbp: "mmHg",
  dbp: "mmHg",
  weight: "kg",
};

export const unitOf = (sign: Sign): string => UNITS[sign];

/** A number as people type it, with comma or point; null for nothing, NaN for what is no number. */
export function read(typed: string): number | null {
  const text = typed.trim().replace(",", ".");
  if (!text) return null;
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

export interface Measured {
  no: number;
  at: string;
  who: string;
  vitals: Vitals;
}

/** What was measured, the newest first. */
export const measuredIn = (entries: readonly EntryView[]): Measured[] =>
  entries
    .flatMap(({ no, at, author, body }) =>
      body.kind === "vitals_told" ? [{ no, at, who: author.name, vitals: body.vitals }] : [],
    )
    .reverse();

/** All of it in one line: "Temperature 38.5 °C, blood pressure 120/80 mmHg". */
export function vitalsWords(vitals: Vitals): string {
  return SIGNS.filter((sign) => sign !== "dbp" && vitals[sign] != null)
    .map((sign) => (sign === "sbp" ? pressure(vitals) : `${t(`vitals.${sign}`)} ${said(vitals[sign])} ${UNITS[sign]}`))
    .join(", ");
}

function pressure({ sbp, dbp }: Vitals): string {
  const both = [sbp, dbp].filter((one) => one != null).map(said);
  return `${t("vitals.pressure")} ${both.join("/")} ${UNITS.sbp}`;
}

const said = (value: number | null | undefined): string => value?.toLocaleString(locale()) ?? "";
