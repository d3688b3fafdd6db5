/** The desk of booked times: a unit's day for who meets patients, and its schedules for who leads it. */
import { useState } from "preact/hooks";
import { t } from "../base/words";
import { DeskFrame, type DeskProps } from "../desk/DeskFrame";
import { OF_CARE } from "../desk/desks";
import { PageChoice } from "../desk/PageChoice";
import type { UnitRole } from "../wire";
import { Day } from "./Day";
import { Schedules } from "./Schedules";
import "../lead/lead.css";
import "./times.css";
import "./words";

type Tab = "day" | "schedules";

export function TimesDesk(props: DeskProps) {
  const { me, connection } = props;
  const units = unitsOf(me.roles);
  const [unit_id, setUnit] = useState(units[0]?.unit_id ?? "");
  const held = me.roles.filter((one) => one.unit_id === unit_id).map((one) => one.role);
  const tabs: readonly Tab[] = held.some((role) => OF_CARE.includes(role)) ? ["day", "schedules"] : ["schedules"];
  const [wanted, setTab] = useState<Tab>("day");
  const tab = tabs.includes(wanted) ? wanted : "schedules";
  return (
    <DeskFrame {...props}>
      <div class="desk-page">
        <h1 class="ds-heading">
          {t("times.title", { unit: units.find((one) => one.unit_id === unit_id)?.unit ?? "" })}
        </h1>
        <nav class="lead-choices" aria-label={t("times.pages")}>
          {units.length > 1 &&
            units.map((one) => (
              <PageChoice
                key={one.unit_id}
                words={one.unit}
                chosen={one.unit_id === unit_id}
                choose={() => setUnit(one.unit_id)}
              />
            ))}
          {tabs.length > 1 &&
            tabs.map((one) => (
              <PageChoice key={one} words={t(`times.tab_${one}`)} chosen={one === tab} choose={() => setTab(one)} />
            ))}
        </nav>
        {tab === "day" ? (
          <Day key={unit_id} unit_id={unit_id} connection={connection} />
        ) : (
          <Schedules key={unit_id} unit_id={unit_id} connection={connection} leads={held.includes("unit_lead")} />
        )}
      </div>
    </DeskFrame>
  );
}

/** Each unit once, however many roles one has there. */
function unitsOf(roles: readonly UnitRole[]): UnitRole[] {
  const ours = roles.filter(({ role }) => [...OF_CARE, "unit_lead"].includes(role));
  return ours.filter((one, nth) => ours.findIndex((other) => other.unit_id === one.unit_id) === nth);
}
