/** How the unit stands: open contacts by level against the promised time, who is on duty and what each holds. */
import type { Connection } from "../base/connection";
import { Urgency } from "../base/urgency";
import { t } from "../base/words";
import type { LeadView, LevelNow, NurseNow } from "../wire";
import { numberWords, sinceWords, timeWords } from "./numbers";
import { Outage } from "./Outage";
import { Surge } from "./Surge";
import { Table } from "./Table";

export interface NowProps {
  view: LeadView;
  connection: Connection;
  /** Something was turned on or off. */
  changed(): unknown;
}

export function Now({ view, connection, changed }: NowProps) {
  const over = view.levels.reduce((sum, level) => sum + level.over, 0);
  const waiting = view.levels.reduce((sum, level) => sum + level.waiting, 0);
  return (
    <>
      <p class="lead-sum" role="status" data-over={over > 0}>
        {t("lead.sum", { n: waiting, over, at: timeWords(view.at) })}
      </p>
      {!view.manned && <p class="staff-problem">{t("lead.nobody")}</p>}
      <section class="desk-card">
        <h2>{t("lead.open")}</h2>
        <Table
          caption={t("lead.open")}
          head={["level", "waiting", "over", "oldest", "target", "held"].map((name) =>
            t(`lead.${name}` as "lead.level"),
          )}
          rows={view.levels.map((level) => levelRow(level, view.at))}
        />
      </section>
      <section class="desk-card">
        <h2>{t("lead.nurses")}</h2>
        <p>{t(view.nurses.length === 0 ? "lead.no_nurses" : "lead.load_how")}</p>
        <ul class="lead-nurses">
          {view.nurses.map((nurse) => (
            <Nurse key={nurse.staff_id} nurse={nurse} atOnce={view.at_once} />
          ))}
        </ul>
      </section>
      <Surge view={view} connection={connection} changed={changed} />
      <Outage view={view} connection={connection} changed={changed} />
    </>
  );
}

const levelRow = (level: LevelNow, now: string) => [
  <Urgency key="level" level={level.level} />,
  numberWords(level.waiting),
  <span key="over" class="lead-over" data-over={level.over > 0}>
    {level.over > 0 ? t("lead.over_n", { n: level.over }) : "0"}
  </span>,
  level.oldest_at ? sinceWords(level.oldest_at, now) : "–",
  t("lead.minutes", { n: level.target_min }),
  numberWords(level.held),
];

/** A nurse's load in words and as a bar; the bar says nothing that the words do not. */
function Nurse({ nurse, atOnce }: { nurse: NurseNow; atOnce: number }) {
  const standing = nurse.standing === "on" && !nurse.reached ? "unreached" : nurse.standing;
  return (
    <li>
      <span class="lead-who">
        <strong>{nurse.name || t("lead.a_colleague")}</strong>{" "}
        <span class="staff-small">{t(`lead.is_${standing}`)}</span>
      </span>
      <span>
        {t("lead.holds", { n: nurse.held })} · {t("lead.load", { load: numberWords(nurse.load, 1), most: atOnce })}
        {nurse.immediate && ` · ${t("lead.holds_immediate")}`}
      </span>
      <meter class="lead-load" min={0} max={Math.max(atOnce, nurse.load)} value={nurse.load} aria-hidden="true" />
    </li>
  );
}
