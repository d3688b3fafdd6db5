/** The desk of who leads a unit: how it stands, what is to come, what may be turned on, and whether it is fair. */
import { useState } from "preact/hooks";
import { t } from "../base/words";
import { Benefits } from "../benefits/Benefits";
import { useAsking } from "../desk/asking";
import { DeskFrame, type DeskProps } from "../desk/DeskFrame";
import { useLooking } from "../desk/looking";
import { PageChoice } from "../desk/PageChoice";
import { refusalWords } from "../staff/refusal_words";
import type { LeadView } from "../wire";
import { Ahead } from "./Ahead";
import { Fairness } from "./Fairness";
import { Now } from "./Now";
import "./words";
import "./lead.css";

const LEADERS = ["unit_lead"];
type Tab = "now" | "ahead" | "fairness" | "benefits";
const TABS: readonly Tab[] = ["now", "ahead", "fairness", "benefits"];

export function LeadDesk(props: DeskProps) {
  const { me, connection } = props;
  const units = me.roles.filter(({ role }) => LEADERS.includes(role));
  const [unit_id, setUnit] = useState(units[0]?.unit_id ?? "");
  const [tab, setTab] = useState<Tab>("now");
  const { answer, refusal, ask } = useAsking<LeadView>();
  // Never another unit's: what is turned on is turned on where the page says.
  const view = answer?.unit_id === unit_id ? answer : null;
  const load = () => ask(connection.call("lead:show", { unit_id }));
  useLooking(connection, load, unit_id);
  return (
    <DeskFrame {...props}>
      <div class="desk-page lead-page">
        <h1 class="ds-heading">
          {t("lead.title", { unit: units.find((one) => one.unit_id === unit_id)?.unit ?? "" })}
        </h1>
        <nav class="lead-choices" aria-label={t("lead.pages")}>
          {units.length > 1 &&
            units.map((one) => (
              <PageChoice
                key={one.unit_id}
                words={one.unit}
                chosen={one.unit_id === unit_id}
                choose={() => setUnit(one.unit_id)}
              />
            ))}
          {TABS.map((one) => (
            <PageChoice
              key={one}
              words={one === "benefits" ? t("benefits.tab") : t(`lead.tab_${one}`)}
              chosen={one === tab}
              choose={() => setTab(one)}
            />
          ))}
        </nav>
        {refusal && (
          <p role="alert" class="staff-problem">
            {refusalWords(refusal.code)}
          </p>
        )}
        {!view && !refusal && <p role="status">{t("staff.loading")}</p>}
        {view && tab === "now" && <Now view={view} connection={connection} changed={load} />}
        {view && tab === "ahead" && <Ahead view={view} connection={connection} />}
        {tab === "fairness" && <Fairness unit_id={unit_id} promises={view?.promises ?? []} connection={connection} />}
        {tab === "benefits" && <Benefits unit_id={unit_id} connection={connection} />}
      </div>
    </DeskFrame>
  );
}
