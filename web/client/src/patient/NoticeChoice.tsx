/** "You may put the phone away": how the patient is told when there is something to read. Nothing is asked before a tap. */
import { useSignal } from "@preact/signals";
import { shell } from "../base/shell";
import { t } from "../base/words";
import type { ContactSummary, Shell } from "../wire";
import type { Contact } from "./contact";
import { bodies } from "./entries";
import { Field, refusalWords, Wrong } from "./Page";
import { canPush, subscribe, unsubscribe } from "./push";
import "./notice.css";

type Channel = Shell["notice_channels"][number];

const offered = (): Channel[] => [...shell.notice_channels.filter((one) => one !== "push" || canPush()), "none"];

export function NoticeChoice({ contact, summary }: { contact: Contact; summary: ContactSummary }) {
  const changing = useSignal(false);
  const chosen = summary.notice ?? null;
  if (offered().length === 1) return null;
  if (chosen !== null && !changing.value) {
    return (
      <p class="notice-is" data-notice={chosen}>
        {t(`patient.notice_is_${chosen}`)}{" "}
        <button
          type="button"
          class="text-button"
          onClick={() => {
            changing.value = true;
          }}
        >
          {t("patient.notice_change")}
        </button>
      </p>
    );
  }
  const done = () => {
    changing.value = false;
  };
  return <NoticeForm contact={contact} chosen={chosen} done={done} />;
}

interface NoticeFormProps {
  contact: Contact;
  chosen: Channel | null;
  done(): void;
}

function NoticeForm({ contact, chosen, done }: NoticeFormProps) {
  const channel = useSignal<Channel | null>(chosen);
  const phone = useSignal(bodies(contact.entries.value, "reach").at(-1)?.phone ?? "");
  const email = useSignal("");
  const wrong = useSignal<string | null>(null);
  const save = async (event: Event) => {
    event.preventDefault();
    wrong.value = await choose(contact, channel.value, channel.value === "sms" ? phone.value : email.value);
    if (wrong.value === null) done();
  };
  return (
    <form class="notice-choice" onSubmit={(event) => void save(event)} noValidate>
      <fieldset>
        <legend>{t("patient.notice_title")}</legend>
        <p class="hint">{t("patient.notice_lead")}</p>
        {offered().map((one) => (
          <label key={one} class="notice-way">
            <input
              type="radio"
              name="notice"
              checked={channel.value === one}
              onChange={() => {
                channel.value = one;
                wrong.value = null;
              }}
            />
            {t(`patient.notice_${one}`)}
          </label>
        ))}
      </fieldset>
      {channel.value === "sms" && <Address name="sms" value={phone} autocomplete="tel" keyboard="tel" />}
      {channel.value === "email" && <Address name="email" value={email} autocomplete="email" keyboard="text" />}
      {wrong.value && <Wrong>{wrong.value}</Wrong>}
      <button type="submit" class="ds-button" data-variant="secondary" disabled={channel.value === null}>
        {t("patient.notice_save")}
      </button>
    </form>
  );
}

interface AddressProps {
  name: "sms" | "email";
  value: { value: string };
  autocomplete: string;
  keyboard: "tel" | "text";
}

function Address({ name, value, autocomplete, keyboard }: AddressProps) {
  return (
    <Field
      id={`notice-${name}`}
      label={t(`patient.notice_${name}_label`)}
      hint={t(`patient.notice_${name}_hint`)}
      value={value}
      wrong={false}
      autocomplete={autocomplete}
      keyboard={keyboard}
    />
  );
}

/** What is wrong, in words, or null when it is done. */
async function choose(contact: Contact, channel: Channel | null, address: string): Promise<string | null> {
  if (channel === null) return null;
  if (channel === "push") return choosePush(contact);
  await unsubscribe();
  const refused = await contact.chooseNotice({ channel, address: channel === "none" ? "" : address });
  return refused === "bad_request" ? t("patient.notice_wrong") : refused && refusalWords(refused);
}

async function choosePush(contact: Contact): Promise<string | null> {
  const push = await subscribe();
  if (!push) return t("patient.notice_refused");
  const refused = await contact.chooseNotice({ channel: "push", push });
  return refused === "bad_request" ? t("patient.notice_refused") : refused && refusalWords(refused);
}
