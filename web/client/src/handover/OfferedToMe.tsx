/** Contacts that colleagues offer: above everything else in the queue until somebody has answered. */
import { useState } from "preact/hooks";
import { Urgency } from "../base/urgency";
import { t } from "../base/words";
import { PARTS } from "../note/note";
import { AskDialog, TextField } from "../staff/Dialog";
import { refusalWords } from "../staff/refusal_words";
import { age, minutesSince } from "../staff/times";
import type { Workplace } from "../staff/workplace";
import type { OfferView } from "../wire";
import "./words";
import "./handover.css";

export function OfferedToMe({ workplace }: { workplace: Workplace }) {
  const offers = workplace.handOvers.offers.value;
  if (offers.length === 0) return null;
  return (
    <section class="staff-section" aria-labelledby="offers-title">
      <h3 id="offers-title">
        {t("handover.offered")} <span class="staff-count">{offers.length}</span>
      </h3>
      <ul data-testid="offers">
        {offers.map((offer) => (
          <Offer key={offer.offer_id} offer={offer} workplace={workplace} />
        ))}
      </ul>
    </section>
  );
}

function Offer({ offer, workplace }: { offer: OfferView; workplace: Workplace }) {
  const [declining, setDeclining] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const accept = async () => {
    const refusal = await workplace.handOvers.accept(offer);
    setTrouble(refusal?.code ?? null);
    if (!refusal) workplace.openContact(offer.contact_id);
  };
  return (
    <li class="handover-offer">
      <p class="handover-head">
        <Urgency level={offer.urgency} />
        <span>
          {t(offer.to_me ? "handover.from_to_me" : "handover.from", { name: offer.from_name, unit: offer.from_unit })}
        </span>
        <span class="staff-turn">{age(minutesSince(offer.offered_at))}</span>
      </p>
      {offer.warm && <p class="staff-small">{t("handover.warm_told")}</p>}
      <dl class="handover-sbar">
        {PARTS.map((part) => (
          <div key={part}>
            <dt>{t(`handover.${part}`)}</dt>
            <dd>{offer[part]}</dd>
          </div>
        ))}
      </dl>
      {trouble && (
        <p role="alert" class="staff-problem">
          {refusalWords(trouble)}
        </p>
      )}
      <div class="staff-dialog-foot">
        <button type="button" class="ds-button" onClick={() => void accept()}>
          {t("handover.accept")}
        </button>
        <button type="button" class="ds-button" data-variant="secondary" onClick={() => setDeclining(true)}>
          {t("handover.decline")}
        </button>
      </div>
      {declining && <Decline offer={offer} workplace={workplace} close={() => setDeclining(false)} />}
    </li>
  );
}

interface DeclineProps {
  offer: OfferView;
  workplace: Workplace;
  close(): void;
}

function Decline({ offer, workplace, close }: DeclineProps) {
  const [reason, setReason] = useState("");
  return (
    <AskDialog
      title={t("handover.decline_title")}
      close={close}
      does={t("handover.decline")}
      ready={reason.trim() !== ""}
      act={() => workplace.handOvers.decline(offer, reason.trim())}
    >
      <TextField label={t("staff.reason")} value={reason} required change={setReason} />
    </AskDialog>
  );
}
