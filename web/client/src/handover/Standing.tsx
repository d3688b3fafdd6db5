/** What stands in the open contact: an offer nobody has answered yet, and colleagues who ask for it. */
import { useState } from "preact/hooks";
import { t } from "../base/words";
import { LeaseLeft } from "../lease/LeaseLeft";
import type { OpenContact } from "../staff/contact";
import { AskDialog, TextField } from "../staff/Dialog";
import { roleWords } from "../staff/roles";
import { age, minutesSince } from "../staff/times";
import type { Workplace } from "../staff/workplace";
import type { RowOffer, RowRequest } from "../wire";
import "./words";
import "./handover.css";

export interface StandingProps {
  contact: OpenContact;
  workplace: Workplace;
}

export function Standing({ contact, workplace }: StandingProps) {
  const row = workplace.board.rows.value.get(contact.id);
  const beside = contact.summary.value?.beside === contact.me;
  return (
    <>
      <LeaseLeft contact={contact} leases={workplace.leases} />
      {beside && (
        <p class="handover-standing" role="status">
          {t("handover.beside")}
        </p>
      )}
      {row?.offer && <Offered offer={row.offer} contact={contact} workplace={workplace} />}
      {contact.isMine &&
        row?.requests.map((request) => (
          <Asked key={request.staff_id} request={request} contact={contact} workplace={workplace} />
        ))}
    </>
  );
}

/** To whom it is offered, in words. */
export function offerWords(offer: RowOffer): string {
  const whom = offer.to || t("handover.a_colleague");
  if (offer.stage === "lead") return t("handover.unanswered");
  return t("handover.offered_to", { whom });
}

/** Who asks, by role where a name is not shown. */
export const requestWords = ({ name, role }: RowRequest) => t("handover.asks", { name: name || roleWords(role) });

function Offered({ offer, contact, workplace }: StandingProps & { offer: RowOffer }) {
  return (
    <p class="handover-standing" role="status">
      <span>
        {offerWords(offer)} · {age(minutesSince(offer.since))}
      </span>
      {contact.isMine && (
        <button type="button" class="text-button" onClick={() => void workplace.handOvers.withdraw(contact)}>
          {t("handover.withdraw")}
        </button>
      )}
    </p>
  );
}

function Asked({ request, contact, workplace }: StandingProps & { request: RowRequest }) {
  const [refusing, setRefusing] = useState(false);
  const [reason, setReason] = useState("");
  const { handOvers } = workplace;
  return (
    <div class="handover-standing" role="status">
      <span>{requestWords(request)}</span>
      <button type="button" class="text-button" onClick={() => void handOvers.give(contact, request.staff_id)}>
        {t("handover.give")}
      </button>
      <button type="button" class="text-button" onClick={() => setRefusing(true)}>
        {t("handover.keep")}
      </button>
      {refusing && (
        <AskDialog
          title={t("handover.keep_title")}
          close={() => setRefusing(false)}
          does={t("handover.keep")}
          ready={reason.trim() !== ""}
          act={() => handOvers.refuse(contact, request.staff_id, reason.trim())}
        >
          <TextField label={t("staff.reason")} value={reason} required change={setReason} />
        </AskDialog>
      )}
    </div>
  );
}
