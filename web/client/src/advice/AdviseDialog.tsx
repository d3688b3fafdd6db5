/** Telling the patient what to do if it gets worse, and asking them to confirm it, while the contact goes on. */
import { useState } from "preact/hooks";
import { t } from "../base/words";
import type { OpenContact } from "../staff/contact";
import { AskDialog } from "../staff/Dialog";
import { Newer } from "../staff/Newer";
import { placesLeft } from "../staff/slash";
import { AdviceText, firstText } from "./AdviceText";
import "./words";

export function AdviseDialog({ contact, close }: { contact: OpenContact; close(): void }) {
  const [text, setText] = useState(() => firstText(contact));
  return (
    <AskDialog
      title={t("advice.advise_title")}
      close={close}
      does={t("advice.advise_do")}
      ready={text.trim() !== "" && placesLeft(text).length === 0}
      act={() => contact.advise(text.trim(), null)}
    >
      <p>{t("advice.advise_lead")}</p>
      <Newer contact={contact} />
      <AdviceText contact={contact} value={text} change={setText} />
    </AskDialog>
  );
}
