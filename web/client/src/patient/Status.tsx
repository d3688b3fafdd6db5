/** What the urgency means for the patient, where they stand in the queue, and what to do if it gets worse. */
import { shell } from "../base/shell";
import { t } from "../base/words";
import { LetterCard } from "../letter/LetterCard";
import type { ContactSummary } from "../wire";
import { AskBeside } from "./Ask";
import type { Contact } from "./contact";
import { CallLink } from "./Frame";
import { roleWords } from "./Log";
import { NobodyNow } from "./Nobody";
import { NoticeChoice } from "./NoticeChoice";
import { MainButton } from "./Page";
import { Broken, Promised } from "./Promised";
import { ReachBeside } from "./Reach";
import { Reopen } from "./Reopen";
import { SaveTranscript } from "./SaveTranscript";
import { me, startOver } from "./session";
import { UnitNotice } from "./UnitNotice";
import { Welcome } from "./Welcome";
import { WhoHasRead } from "./WhoHasRead";

export function Status({ contact }: { contact: Contact }) {
  const summary = contact.summary.value;
  if (!summary) return null;
  return (
    <section class="status" data-status={summary.status} aria-label={t("patient.status")}>
      <Welcome contact={contact} />
      {summary.letter && summary.status !== "closed" && <LetterCard summary={summary} letter={summary.letter} />}
      {summary.wait?.nobody && consequence(summary) !== "immediate" && (
        <NobodyNow opens_at={summary.wait.opens_at} urgent={summary.urgency === "very_urgent"} />
      )}
      {summary.wait && consequence(summary) !== "immediate" && (
        <UnitNotice unit={summary.unit} surge={summary.wait.surge} outage={summary.wait.outage} />
      )}
      {summary.status === "waiting" && !summary.letter?.answer_by && (
        <WaitingCard contact={contact} summary={summary} />
      )}
      {summary.status === "held" && <HeldCard contact={contact} summary={summary} />}
      {summary.status === "closed" && <ClosedCard contact={contact} summary={summary} />}
      {summary.status !== "closed" && summary.urgency !== "immediate" && (
        <NoticeChoice contact={contact} summary={summary} />
      )}
      {summary.status === "waiting" && <AskBeside contact={contact} />}
      {summary.status !== "closed" && !summary.letter?.answer_by && <ReachBeside contact={contact} />}
      {summary.status !== "closed" && <IfWorse safetyNet={contact.understood.value?.safety_net ?? ""} />}
    </section>
  );
}

/** The level in the patient's words. What we did not understand is told as that, not as a level. */
function consequence(summary: ContactSummary): "unassessed" | ContactSummary["urgency"] {
  return summary.assessed || summary.urgency === "immediate" ? summary.urgency : "unassessed";
}

function WaitingCard({ contact, summary }: { contact: Contact; summary: ContactSummary }) {
  const level = consequence(summary);
  return (
    <div class="status-card" data-consequence={level}>
      <h2>{t(`patient.level_${level}`)}</h2>
      <p>{t(`patient.level_${level}_more`, { number: shell.numbers.emergency })}</p>
      {summary.wait && level !== "immediate" && (
        <dl class="wait">
          <div>
            <dt>{t("patient.your_place")}</dt>
            <dd data-wait="place">{summary.wait.place}</dd>
          </div>
          {!summary.wait.nobody && <Promised wait={summary.wait} />}
        </dl>
      )}
      {(summary.wait?.broken || summary.wait?.slower) && level !== "immediate" && (
        <Broken is={summary.wait.broken ? "broken" : "slower"} />
      )}
      {level !== "immediate" && contact.reached.value && <p>{t("patient.next_away")}</p>}
      <details class="next">
        <summary>{t("patient.what_next")}</summary>
        <ol>
          <li>{t("patient.next_reads")}</li>
          <li>{t("patient.next_answers")}</li>
        </ol>
      </details>
    </div>
  );
}

/** Somebody one stands for, whom the contact is about; empty: oneself. */
const aboutWhom = ({ person_id = "" }: ContactSummary) =>
  me.value?.represents.some((one) => one.person_id === person_id) ? person_id : "";

function HeldCard({ contact, summary }: { contact: Contact; summary: ContactSummary }) {
  const { name = "", role = "" } = summary.clinician ?? {};
  const isThere = contact.presence.others.value.some((one) => one.who.kind === "staff");
  return (
    <div class="status-card" data-consequence="held">
      <h2>{t(isThere ? "patient.held_title" : "patient.held_has", { who: name || t("patient.a_nurse") })}</h2>
      <p class="status-role">
        {name ? roleWords(role) : t("patient.looks_role_at", { role: roleWords(role), unit: summary.unit })}
      </p>
      <p>{t(turnKey(contact, summary))}</p>
      <WhoHasRead for_person={aboutWhom(summary)} />
    </div>
  );
}

function turnKey(contact: Contact, { turn }: ContactSummary) {
  if (contact.newestNet.value?.confirmed === false) return "patient.net_held";
  return turn === "patient" ? "patient.held_your_turn" : "patient.held_their_turn";
}

function ClosedCard({ contact, summary }: { contact: Contact; summary: ContactSummary }) {
  const { closed } = summary;
  return (
    <div class="status-card" data-consequence="closed">
      <h2>{t("patient.closed_title")}</h2>
      {closed && <p>{t(`patient.closed_${closed.reason}`)}</p>}
      <h3>{t("patient.watch_for")}</h3>
      {closed?.safety_net && <p class="safety-net">{closed.safety_net}</p>}
      <WorseLine />
      {summary.reopen_until && <Reopen contact={contact} until={summary.reopen_until} />}
      <SaveTranscript contactId={summary.contact_id} />
      <WhoHasRead for_person={aboutWhom(summary)} />
      <MainButton onClick={startOver}>{t("patient.start_over")}</MainButton>
    </div>
  );
}

function IfWorse({ safetyNet }: { safetyNet: string }) {
  return (
    <div class="if-worse">
      <h3>{t("patient.if_worse")}</h3>
      {safetyNet && <p class="safety-net">{safetyNet}</p>}
      <WorseLine />
    </div>
  );
}

export function WorseLine() {
  const { emergency, advice } = shell.numbers;
  return (
    <p>
      {t("patient.worse_danger")} <CallLink kind="emergency">{t("patient.call", { number: emergency })}</CallLink>.{" "}
      {t("patient.worse_advice")} <CallLink kind="advice">{t("patient.call", { number: advice })}</CallLink>.
    </p>
  );
}
