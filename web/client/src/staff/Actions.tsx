/** What may be done with the open contact, each with its key. Someone in the lobby comes first. */
import type { ComponentChildren } from "preact";
import "../advice/words";
import { t } from "../base/words";
import "../form/words";
import "../letter/words";
import { called } from "../visit/called";
import { DoneWith } from "./BehindDoors";
import type { OpenContact } from "./contact";
import { Seldom } from "./Seldom";
import type { DialogName, Workplace } from "./workplace";
import "../handover/words";
import "./talk_words";

export interface ActionsProps {
  contact: OpenContact;
  workplace: Workplace;
}

export function Actions({ contact, workplace }: ActionsProps) {
  if (contact.isOutside) return <OutsideActions contact={contact} workplace={workplace} />;
  const status = contact.summary.value?.status;
  const isListed = !!workplace.board.rows.value.get(contact.id)?.call;
  const call = () => {
    workplace.dialog.value = "call";
  };
  const aside = (
    <>
      {isListed && <ActionButton word={t("staff.call_title")} letter="P" press={call} />}
      <ActionButton word={t("talk.aside")} letter="I" press={() => workplace.aside(contact)} />
    </>
  );
  if (status === "waiting") return <ClaimThis contact={contact}>{aside}</ClaimThis>;
  const handOver = () => workplace.act("hand_over");
  if (!contact.isMine)
    return (
      <div class="staff-actions">
        {status === "held" && <ActionButton word={t("handover.ask")} letter="H" press={handOver} />}
        {aside}
      </div>
    );
  const ask = (name: DialogName) => () => {
    workplace.dialog.value = name;
  };
  const isPressing = ["immediate", "very_urgent"].includes(contact.summary.value?.urgency ?? "");
  const emergency = <ActionButton word={t("advice.script")} letter="1" press={ask("emergency_call")} />;
  return (
    <div class="staff-actions">
      <InLobby contact={contact} workplace={workplace} />
      {isPressing && emergency}
      {contact.summary.value?.letter?.turned === false && (
        <ActionButton word={t("letter.turn")} press={() => void contact.turnLetter()} />
      )}
      {hasVideo(contact) && (
        <ActionButton word={videoWord(contact, workplace)} letter="V" press={() => void workplace.video()} />
      )}
      <ActionButton word={t("staff.set_urgency")} letter="U" press={ask("urgency")} />
      <ActionButton word={t("handover.hand_over")} letter="H" press={handOver} />
      <ActionButton word={t("advice.advise")} letter="D" press={ask("advise")} />
      {aside}
      <ActionButton word={t("staff.close")} letter="C" press={ask("close")} />
      <Seldom>
        <ActionButton word={t("staff.hand_back")} letter="B" press={ask("hand_back")} />
        <ActionButton word={t("form.staff_send")} letter="Q" press={ask("form")} />
        {!isPressing && emergency}
      </Seldom>
    </div>
  );
}

/** In another unit's contact: what the door allows, and a way to close it. */
function OutsideActions({ contact, workplace }: ActionsProps) {
  const { door } = contact;
  if (!door) return null;
  return (
    <div class="staff-actions">
      {contact.mayWrite && <ActionButton word={t("talk.aside")} letter="I" press={() => workplace.aside(contact)} />}
      <DoneWith door={door} workplace={workplace} />
    </div>
  );
}

function ClaimThis({ contact, children }: { contact: OpenContact; children: ComponentChildren }) {
  return (
    <div class="staff-actions">
      <button type="button" class="ds-button" onClick={() => void contact.claim()}>
        {t("staff.claim_this")} <kbd>E</kbd>
      </button>
      {children}
    </div>
  );
}

/** A visit that goes on goes on; none is begun where the unit offers none. */
const hasVideo = ({ visit, summary }: OpenContact) => Boolean(visit) || summary.value?.video !== false;

function videoWord(contact: OpenContact, workplace: Workplace): string {
  if (workplace.visiting.value === contact) return t("staff.in_video");
  return contact.visit ? t("staff.back_to_video") : t("staff.start_video");
}

interface ActionButtonProps {
  word: string;
  letter?: string;
  press(): void;
}

function ActionButton({ word, letter, press }: ActionButtonProps) {
  return (
    <button type="button" class="ds-button" data-variant="secondary" onClick={press}>
      {word} {letter && <kbd>{letter}</kbd>}
    </button>
  );
}

/** Someone waits to be let in: visible at once, also when the visit itself is not in front. */
function InLobby({ contact, workplace }: ActionsProps) {
  const waiting = contact.visit?.members.filter((member) => member.place === "lobby") ?? [];
  if (waiting.length === 0 || workplace.visiting.value === contact) return null;
  return (
    <div class="staff-lobby" role="alert">
      {waiting.map((member) => (
        <span key={member.participant}>
          {t("staff.in_lobby", { name: called(member) })}
          <button type="button" class="ds-button" onClick={() => void contact.admit(member.participant)}>
            {t("staff.let_in")} <kbd>A</kbd>
          </button>
        </span>
      ))}
    </div>
  );
}
