/** Who is on duty, above the queue; that nobody is, said so that it cannot be missed. */
import { clock } from "../base/clock";
import { t } from "../base/words";
import type { Duties } from "./duties";
import { namesOf } from "./names";
import "./words";
import "./duty.css";

export function OnDuty({ duties, names }: { duties: Duties; names: ReadonlyMap<string, string> }) {
  const units = [...duties.units.value.values()];
  return (
    <>
      {units.map(({ unit_id, surge_until }) =>
        surge_until ? (
          <p key={unit_id} class="duty-line" data-surge="true" role="status">
            {units.length > 1 && <span>{names.get(unit_id) ?? unit_id}: </span>}
            {t("duty.surge_now", { until: clock(surge_until) })}
          </p>
        ) : null,
      )}
      {units.map(({ unit_id, manned, staff }) => (
        <p key={unit_id} class="duty-line" data-manned={manned} role="status">
          {units.length > 1 && <span>{names.get(unit_id) ?? unit_id}: </span>}
          {manned ? t("duty.on_now", { who: namesOf(staff) }) : t("duty.nobody")}
        </p>
      ))}
    </>
  );
}
