/** Guests of the visit one is in: whom to invite, and who is invited, each to withdraw. Secrets are shown once. */
import { useState } from "preact/hooks";
import { AskOnce } from "../base/AskOnce";
import { t } from "../base/words";
import type { InvitedGuest } from "../wire";
import type { OpenContact } from "./contact";
import { Dialog } from "./Dialog";
import { GuestForm, type Made } from "./GuestForm";
import { GuestSecretsShown } from "./GuestSecretsShown";
import { refusalWords } from "./refusal_words";
import { clock } from "./times";
import "./guests_words";
import "./guests.css";

export function GuestsDialog({ contact, close }: { contact: OpenContact; close(): void }) {
  const [made, setMade] = useState<Made | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const withdraw = async (guest_id: string) => setTrouble((await contact.withdrawGuest(guest_id))?.code ?? null);
  return (
    <Dialog title={made ? t("guests.made", { name: made.name }) : t("guests.title")} close={close}>
      {made ? (
        <GuestSecretsShown made={made} another={() => setMade(null)} close={close} />
      ) : (
        <>
          <p>{t("guests.lead")}</p>
          <Invited contact={contact} withdraw={withdraw} />
          {trouble && (
            <p role="alert" class="staff-problem">
              {refusalWords(trouble)}
            </p>
          )}
          <GuestForm invite={(asked) => contact.inviteGuest(asked)} made={setMade} close={close} />
        </>
      )}
    </Dialog>
  );
}

interface InvitedProps {
  contact: OpenContact;
  withdraw(guest_id: string): Promise<void>;
}

function Invited({ contact, withdraw }: InvitedProps) {
  const { guests = [], members = [] } = contact.visit ?? {};
  if (guests.length === 0) return null;
  const nameOf = (guest: InvitedGuest) => members.find((one) => one.participant === guest.participant)?.name;
  return (
    <section aria-labelledby="guests-now">
      <h3 id="guests-now" class="guests-now">
        {t("guests.now")}
      </h3>
      <ul class="guests-list">
        {guests.map((guest) => (
          <li key={guest.guest_id}>
            <span>
              <strong>{guest.name}</strong>, {t(`visit.role_${guest.role}`)}: {stateWords(guest, nameOf(guest))}
            </span>
            <Withdraw guest={guest} withdraw={withdraw} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function stateWords(guest: InvitedGuest, cameAs: string | undefined): string {
  if (guest.came) return t("guests.came", { name: cameAs ?? guest.name });
  const waits = new Date(guest.until).getTime() > Date.now();
  return waits ? t("guests.waits", { time: clock(guest.until) }) : t("guests.ran_out");
}

function Withdraw({ guest, withdraw }: { guest: InvitedGuest; withdraw(guest_id: string): Promise<void> }) {
  return (
    <AskOnce
      does={t("guests.withdraw")}
      really={t("guests.withdraw_really")}
      label={(does) => t("guests.withdraw_of", { does, name: guest.name })}
      act={() => void withdraw(guest.guest_id)}
    />
  );
}
