/** One patient as the centre sees them: curves with limits and alarms, the plan, and what is to be done with it. */
import { useEffect, useState } from "preact/hooks";
import { type Connection, Refusal } from "../base/connection";
import { newId } from "../base/id";
import { t } from "../base/words";
import { keepRefusal, useAsking } from "../desk/asking";
import { openAtCare } from "../desk/desks";
import { inMine } from "../form/text";
import { refusalWords } from "../staff/refusal_words";
import type { FollowUpView } from "../wire";
import { CurveFigure } from "./CurveFigure";
import { Plans } from "./Plans";
import { stateWords, zoneWords } from "./row";

interface Props {
  unit_id: string;
  record_id: string;
  connection: Connection;
  isClinician: boolean;
  done(): void;
}

export function Patient({ unit_id, record_id, connection, isClinician, done }: Props) {
  const { answer: view, refusal, ask } = useAsking<FollowUpView>();
  const of = { unit_id, record_id };
  useEffect(() => void ask(connection.call("followup:show", of)), [record_id]);
  const change = (sent: Promise<FollowUpView>) => void ask(sent);
  return (
    <>
      <p>
        <button type="button" class="staff-quiet" onClick={done}>
          ← {t("followup.back_to_list")}
        </button>
      </p>
      {refusal && (
        <p role="alert" class="staff-problem">
          {wrongWords(refusal)}
        </p>
      )}
      {!view && !refusal && <p role="status">{t("staff.loading")}</p>}
      {view && (
        <>
          <Head view={view} of={of} connection={connection} change={change} done={done} />
          {view.curves.map((curve) => (
            <CurveFigure key={curve.measure} curve={curve} alarms={view.alarms} />
          ))}
          <Plans view={view} of={of} connection={connection} change={change} isClinician={isClinician} />
        </>
      )}
    </>
  );
}

const wrongWords = ({ code, data }: Refusal) =>
  data.where ? t("followup.wrong", { where: String(data.where) }) : refusalWords(code);

interface HeadProps {
  view: FollowUpView;
  of: { unit_id: string; record_id: string };
  connection: Connection;
  change(sent: Promise<FollowUpView>): void;
  done(): void;
}

function Head({ view, of, connection, change, done }: HeadProps) {
  const { row } = view;
  const leave = (sent: Promise<unknown>) =>
    void sent.catch(keepRefusal).then((told) => !(told instanceof Refusal) && done());
  const seen = () => {
    const upTo = [{ record_id: of.record_id, up_to: row.read_no }];
    leave(connection.insist("followup:seen", { client_id: newId(), unit_id: of.unit_id, seen: upTo }));
  };
  const pause = () => {
    const asked = { ...of, client_id: newId(), because: "holiday", until: "", resume: row.paused } as const;
    change(connection.insist("followup:pause", asked));
  };
  const end = () =>
    leave(connection.insist("followup:end", { ...of, client_id: newId(), ended: "goal_reached", outcome: "" }));
  return (
    <section class="desk-card">
      <h2>
        {row.name}, {inMine(row.programme)}
      </h2>
      <p>
        <span class="follow-up-zone" data-zone={row.zone ?? "none"}>
          {zoneWords(row)}
        </span>{" "}
        {stateWords(row)}
      </p>
      {view.goals && <p>{t("followup.goal_of", { goals: view.goals })}</p>}
      <p class="staff-small">
        {t("followup.owners")}:{" "}
        {view.owners.map(({ party, name }) => `${t(`followup.party_${party}`)}: ${name}`).join("; ")}
      </p>
      <p class="follow-up-acts">
        {row.unread && (
          <button type="button" class="ds-button" onClick={seen}>
            {t("followup.seen_one")}
          </button>
        )}
        {row.contact_id && (
          <button type="button" class="ds-button" data-variant="secondary" onClick={() => openAtCare(row.contact_id)}>
            {t("followup.open_contact")}
          </button>
        )}
        <button type="button" class="ds-button" data-variant="secondary" onClick={pause}>
          {t(row.paused ? "followup.resume" : "followup.pause")}
        </button>
        <End end={end} />
      </p>
    </section>
  );
}

/** It takes two presses: nothing is taken in after it. */
function End({ end }: { end(): void }) {
  const [sure, setSure] = useState(false);
  return (
    <button
      type="button"
      class="ds-button"
      data-variant="secondary"
      onClick={() => (sure ? end() : setSure(true))}
      onBlur={() => setSure(false)}
    >
      {t(sure ? "followup.sure_end" : "followup.end")}
    </button>
  );
}
