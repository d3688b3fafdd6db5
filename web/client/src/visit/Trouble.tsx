/** What is said when pictures do not arrive well enough, and the ways on in the same contact: telephone and chat. */
import { t } from "../base/words";
import { called } from "./called";
import type { Visit } from "./visit";
import { NO_PICTURE } from "./yielding";

export interface TroubleProps {
  visit: Visit;
  /** A clinician calls the patient by telephone. */
  call?(): void;
  /** The patient goes to the chat; a clinician has it beside the visit. */
  chat?(): void;
}

export function Trouble({ visit, call, chat }: TroubleProps) {
  const poor = visit.others.filter(({ participant }) => visit.notEnough.value.has(participant));
  const own = visit.yielded.value.step;
  const muted = visit.muted.value && <p>{t("visit.muted_by_staff")}</p>;
  if (poor.length === 0 && own === 0) {
    return muted ? (
      <div class="visit-trouble" role="status">
        {muted}
      </div>
    ) : null;
  }
  return (
    <div class="visit-trouble" role="status">
      {muted}
      {own > 0 && <p>{t(own === NO_PICTURE ? "visit.own_picture_off" : "visit.own_picture_smaller")}</p>}
      {poor.map((member) => (
        <p key={member.participant}>{t("visit.not_enough", { name: called(member) })}</p>
      ))}
      {visit.isClinician && poor.length > 0 && <p>{t("visit.not_enough_noted")}</p>}
      {visit.isPatient && <p>{t("visit.other_ways")}</p>}
      {call && (
        <button type="button" class="ds-button" onClick={call}>
          {t("visit.call_instead")}
        </button>
      )}
      {chat && (
        <button type="button" class="ds-button" onClick={chat}>
          {t("visit.chat_instead")}
        </button>
      )}
    </div>
  );
}
