/** How one is told of a booked time outside the page: the ways this service has, and where to. */
import { useSignal } from "@preact/signals";
import { shell } from "../base/shell";
import { t } from "../base/words";
import { Field } from "../patient/Page";
import { canPush, subscribe } from "../patient/push";
import type { BookTime } from "../wire";
import "../patient/notice.css";

type Channel = BookTime["channel"] & string;
type Told = Pick<BookTime, "channel" | "address" | "push">;

const WAYS: readonly Channel[] = [...shell.notice_channels.filter((one) => one !== "push" || canPush()), "none"];

/** What is chosen, and what of it the service is told; nobody is asked where there is only one way. */
export function useRemind() {
  const channel = useSignal<Channel | null>(WAYS.length === 1 ? "none" : null);
  const phone = useSignal("");
  const email = useSignal("");
  const chosen = async (): Promise<Told | { wrong: string }> => {
    switch (channel.value) {
      case null:
        return { wrong: t("booking.remind_needed") };
      case "sms":
        return { channel: "sms", address: phone.value };
      case "email":
        return { channel: "email", address: email.value };
      case "push": {
        const push = await subscribe();
        return push ? { channel: "push", push } : { wrong: t("patient.notice_refused") };
      }
      default:
        return { channel: "none" };
    }
  };
  return { channel, phone, email, chosen };
}

export function RemindFields({ remind: { channel, phone, email } }: { remind: ReturnType<typeof useRemind> }) {
  if (WAYS.length === 1) return null;
  return (
    <div class="notice-choice">
      <fieldset>
        <legend>{t("booking.remind_title")}</legend>
        <p class="hint">{t("booking.remind_lead")}</p>
        {WAYS.map((one) => (
          <label key={one} class="notice-way">
            <input
              type="radio"
              name="booking-remind"
              checked={channel.value === one}
              onChange={() => {
                channel.value = one;
              }}
            />
            {one === "none" ? t("booking.remind_none") : t(`patient.notice_${one}`)}
          </label>
        ))}
      </fieldset>
      {channel.value === "sms" && <Address name="sms" value={phone} autocomplete="tel" keyboard="tel" />}
      {channel.value === "email" && <Address name="email" value={email} autocomplete="email" keyboard="text" />}
    </div>
  );
}

interface AddressProps {
  name: "sms" | "email";
  value: { value: string };
  autocomplete: string;
  keyboard: "tel" | "text";
}

function Address({ name, ...rest }: AddressProps) {
  return (
    <Field
      id={`booking-${name}`}
      label={t(`patient.notice_${name}_label`)}
      hint={t(`patient.notice_${name}_hint`)}
      wrong={false}
      {...rest}
    />
  );
}
