/** What is to come: arrivals hour by hour with what is likely, and how many nurses some hours need. */
import type { Connection } from "../base/connection";
import { t } from "../base/words";
import type { ComingHour, LeadView } from "../wire";
import { Columns } from "./Columns";
import { hourOf, hourWords, numberWords } from "./numbers";
import { Staffing } from "./Staffing";

export function Ahead({ view, connection }: { view: LeadView; connection: Connection }) {
  const known = view.hours.some(({ expected }) => expected !== null);
  const ahead = view.hours.filter(({ came }) => came === null);
  const most = ahead.reduce((high, hour) => ((hour.expected ?? 0) > (high?.expected ?? 0) ? hour : high), ahead[0]);
  return (
    <>
      <section class="desk-card">
        <h2>{t("lead.forecast")}</h2>
        <p>{t(known ? "lead.forecast_lead" : "lead.forecast_unknown")}</p>
        <Columns
          title={t("lead.forecast_title")}
          told={
            most && known ? t("lead.forecast_most", { at: hourWords(most.at), n: numberWords(most.expected, 1) }) : ""
          }
          columns={view.hours.map((hour) => ({
            name: hourOf(hour.at),
            value: hour.came,
            low: hour.low,
            high: hour.high,
            middle: hour.expected,
          }))}
          table={{
            caption: t("lead.forecast_title"),
            head: [t("lead.hour"), t("lead.came"), t("lead.expected"), t("lead.likely")],
            rows: view.hours.map(hourRow),
          }}
        />
        <p class="lead-legend">
          <span class="lead-key" data-is="bar" /> {t("lead.came")} <span class="lead-key" data-is="middle" />{" "}
          {t("lead.expected")} <span class="lead-key" data-is="band" /> {t("lead.likely")}
        </p>
      </section>
      <Staffing unit_id={view.unit_id} connection={connection} key={view.unit_id} />
    </>
  );
}

const hourRow = (hour: ComingHour) => [
  hourWords(hour.at),
  numberWords(hour.came),
  numberWords(hour.expected, 1),
  hour.low === null ? "–" : `${numberWords(hour.low)}–${numberWords(hour.high)}`,
];
