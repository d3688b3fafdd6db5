/** What several screens of booked times show: a time, by whose clock, and that it is not help now. */
import type { ComponentChildren } from "preact";
import { shell } from "../base/shell";
import { t } from "../base/words";
import { CallLink } from "../patient/Frame";
import type { Chosen } from "./place";
import { dayWords, differs, spanWords } from "./when";

type Shown = Pick<Chosen, "type" | "starts_at" | "ends_at" | "clinician" | "unit" | "zone">;

interface CardProps {
  time: Shown;
  /** Of its heading: 3 in a list under one of its own. */
  level?: 2 | 3;
  children?: ComponentChildren;
  "data-booking"?: string;
}

/** A time as a card: the day and the hour first. */
export function TimeCard({ time, level = 2, children, ...rest }: CardProps) {
  const Heading = `h${level}` as const;
  return (
    <article class="booking-card" {...rest}>
      <Heading>
        {dayWords(time.starts_at, time.zone)} <span class="booking-hour">{spanWords(time, time.zone)}</span>
      </Heading>
      <p>
        {t(`booking.type_${time.type}`)}, {time.unit}
        {time.clinician && <>. {t("booking.with", { name: time.clinician })}</>}
      </p>
      {children}
    </article>
  );
}

export function nextWords(time: Shown, phone = ""): string {
  const next = t(`booking.next_${time.type}`, { unit: time.unit });
  return phone ? `${next} ${t("booking.phone_is", { number: phone })}` : next;
}

/** By whose clock; louder where the device's shows something else. */
export function ByWhichClock({ zone }: { zone: string }) {
  return (
    <p class={differs(zone) ? "not-seen" : "hint"}>
      {t(`booking.zone_${shell.country}`)} {differs(zone) && t("booking.zone_differs")}
    </p>
  );
}

/** Nobody waits for a booked time with something that cannot wait. */
export function NotHelpNow() {
  return (
    <p class="not-seen">
      {t("booking.not_help")}{" "}
      <CallLink kind="emergency">{t("patient.call", { number: shell.numbers.emergency })}</CallLink>{" "}
      <CallLink kind="advice">{t("patient.call", { number: shell.numbers.advice })}</CallLink>
    </p>
  );
}
