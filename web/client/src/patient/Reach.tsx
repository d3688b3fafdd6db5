/** Where the person is and which number reaches them: needed if the line breaks or an ambulance must find them. */
import { useSignal } from "@preact/signals";
import { shell } from "../base/shell";
import { t } from "../base/words";
import type { Contact } from "./contact";
import { Field, MainButton, NotSeen, Page, refusalWords, Wrong } from "./Page";

const FEWEST_DIGITS = 5;
/** What the server takes (chat/post.py). */
const PHONE_LIMIT = 40;
const digits = (phone: string) => phone.replace(/\D/g, "").length;

export function Reach({ contact }: { contact: Contact }) {
  const action = <MainButton form="reach">{t("patient.next")}</MainButton>;
  return (
    <Page name="reach" step={5} title={t("patient.reach_title")} lead={t("patient.reach_lead")} action={action}>
      <ReachForm contact={contact} />
      <NotSeen text={t("patient.reach_not_sent")} />
    </Page>
  );
}

/** When talking began before this was asked: it stands beside the conversation until it is answered. */
export function ReachBeside({ contact }: { contact: Contact }) {
  if (contact.reached.value) return null;
  return (
    <section class="ask-beside" aria-labelledby="reach-title">
      <h2 id="reach-title">{t("patient.reach_title")}</h2>
      <ReachForm contact={contact} />
      <button type="submit" form="reach" class="ds-button">
        {t("patient.send")}
      </button>
    </section>
  );
}

function ReachForm({ contact }: { contact: Contact }) {
  const tried = useSignal(false);
  const place = useSignal("");
  const phone = useSignal("");
  const noPlace = place.value.trim() === "";
  const noPhone = digits(phone.value) < FEWEST_DIGITS;
  const goOn = (event: Event) => {
    event.preventDefault();
    tried.value = true;
    if (!noPlace && !noPhone) contact.setReach(place.value.trim(), phone.value.trim());
  };
  return (
    <form id="reach" class="stack" onSubmit={goOn} noValidate>
      <Field
        id="place"
        label={t("patient.place")}
        hint={t("patient.place_hint")}
        value={place}
        wrong={tried.value && noPlace && t("patient.place_needed")}
        autocomplete="street-address"
      />
      <Field
        id="phone"
        label={t("patient.phone")}
        hint={t(`patient.phone_hint_${shell.country}`)}
        value={phone}
        wrong={tried.value && noPhone && t("patient.phone_needed")}
        autocomplete="tel"
        keyboard="tel"
        limit={PHONE_LIMIT}
      />
      {contact.reachRefused.value && <Wrong>{refusalWords(contact.reachRefused.value)}</Wrong>}
    </form>
  );
}
