/** The desk of who follows patients at home: everybody by how urgent it is, one by one, and who is to be included. */
import { useState } from "preact/hooks";
import { newId } from "../base/id";
import { t } from "../base/words";
import { useAsking } from "../desk/asking";
import { DeskFrame, type DeskProps } from "../desk/DeskFrame";
import { OF_CARE } from "../desk/desks";
import { useLooking } from "../desk/looking";
import { PageChoice } from "../desk/PageChoice";
import { inMine } from "../form/text";
import { refusalWords } from "../staff/refusal_words";
import type { FollowUpList, FollowUpRow } from "../wire";
import { Include } from "./Include";
import { Patient } from "./Patient";
import { stateWords, zoneWords } from "./row";
import "./followup.css";
import "./words";

type Shown = { at: "list" } | { at: "include" } | { at: "patient"; record_id: string };

export function HomeDesk(props: DeskProps) {
  const { me, connection } = props;
  const units = me.roles.filter(({ role, follows_at_home }) => follows_at_home && OF_CARE.includes(role));
  const [unit_id, setUnit] = useState(units[0]?.unit_id ?? "");
  const [shown, setShown] = useState<Shown>({ at: "list" });
  const { answer, refusal, ask } = useAsking<FollowUpList>();
  const load = () => ask(connection.call("followup:list", { unit_id }));
  useLooking(connection, load, unit_id);
  const home = () => {
    setShown({ at: "list" });
    void load();
  };
  const isClinician = me.roles.some((one) => one.unit_id === unit_id && one.role === "clinician");
  return (
    <DeskFrame {...props}>
      <div class="desk-page">
        <h1 class="ds-heading">
          {t("followup.desk_title", { unit: units.find((one) => one.unit_id === unit_id)?.unit ?? "" })}
        </h1>
        {units.length > 1 && (
          <nav class="follow-up-units">
            {units.map((one) => (
              <PageChoice
                key={one.unit_id}
                words={one.unit}
                chosen={one.unit_id === unit_id}
                choose={() => {
                  setUnit(one.unit_id);
                  setShown({ at: "list" });
                }}
              />
            ))}
          </nav>
        )}
        {refusal && (
          <p role="alert" class="staff-problem">
            {refusalWords(refusal.code)}
          </p>
        )}
        {shown.at === "include" && <Include unit_id={unit_id} connection={connection} done={home} />}
        {shown.at === "patient" && (
          <Patient
            unit_id={unit_id}
            record_id={shown.record_id}
            connection={connection}
            isClinician={isClinician}
            done={home}
          />
        )}
        {shown.at === "list" && (
          <List
            rows={answer?.rows ?? null}
            show={setShown}
            seen={(rows) => {
              const seen = rows.map(({ record_id, read_no }) => ({ record_id, up_to: read_no }));
              void ask(connection.insist("followup:seen", { client_id: newId(), unit_id, seen }));
            }}
          />
        )}
      </div>
    </DeskFrame>
  );
}

interface ListProps {
  rows: readonly FollowUpRow[] | null;
  show(what: Shown): void;
  seen(rows: readonly FollowUpRow[]): void;
}

function List({ rows, show, seen }: ListProps) {
  if (!rows) return <p role="status">{t("staff.loading")}</p>;
  const usual = rows.filter(({ zone, unread, missing }) => zone === "green" && unread && missing.length === 0);
  return (
    <section class="desk-card">
      <h2>{t("followup.list")}</h2>
      <p class="follow-up-acts">
        <button type="button" class="ds-button" onClick={() => show({ at: "include" })}>
          {t("followup.include")}
        </button>
        {usual.length > 0 && (
          <button type="button" class="ds-button" data-variant="secondary" onClick={() => seen(usual)}>
            {t("followup.all_seen", { n: usual.length })}
          </button>
        )}
      </p>
      {rows.length === 0 && <p>{t("followup.nobody")}</p>}
      <ul class="follow-up-rows">
        {rows.map((row) => (
          <li key={row.record_id} data-zone={row.zone ?? "none"}>
            <span class="follow-up-zone" data-zone={row.zone ?? "none"}>
              {zoneWords(row)}
            </span>
            <span>
              <strong>{row.name}</strong>, {inMine(row.programme)}
              <br />
              <span class="staff-small">{stateWords(row)}</span>
            </span>
            <button
              type="button"
              class="ds-button"
              data-variant="secondary"
              aria-label={`${t("followup.show")}: ${row.name}`}
              onClick={() => show({ at: "patient", record_id: row.record_id })}
            >
              {t("followup.show")}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
