/** From what was typed to what is sent. Pure. */
import { newId } from "../base/id";
import { read } from "../vitals/vitals";
import type { MeasureTask, TellReadings } from "../wire";

export type Measure = MeasureTask["measure"];
export type Unit = MeasureTask["units"][number];

export interface Typed {
  values: Partial<Record<Measure, string>>;
  units: Partial<Record<Measure, Unit>>;
  answers: Record<string, boolean>;
}

export const NOTHING: Typed = { values: {}, units: {}, answers: {} };

/** The first measure whose field holds no number. */
export const oddOne = ({ values }: Typed): Measure | undefined =>
  (Object.keys(values) as Measure[]).find((measure) => Number.isNaN(read(values[measure] ?? "")));

export const isEmpty = ({ values, answers }: Typed): boolean =>
  Object.keys(answers).length === 0 && Object.values(values).every((value) => !value?.trim());

/** What is sent: each value as it was typed, in its unit, measured now. */
export function tellOf(
  typed: Typed,
  of: { record_id: string; tasks: readonly MeasureTask[]; at: string },
): TellReadings {
  const { record_id, tasks, at } = of;
  const readings = tasks.flatMap(({ measure, units }) => {
    const value = typed.values[measure]?.trim().replace(",", ".");
    const unit = typed.units[measure] ?? units[0];
    return value && unit ? [{ measure, value, unit, at }] : [];
  });
  const said = Object.entries(typed.answers).map(([question, yes]) => ({ question, yes, at }));
  return { client_id: newId(), record_id, readings, said };
}
