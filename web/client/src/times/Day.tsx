/** One day of a unit: who has booked, what is free; booking, moving and cancelling for patients, and who did not come. */
import { useState } from "preact/hooks";
import { AskOnce } from "../base/AskOnce";
import type { Connection } from "../base/connection";
import { newId } from "../base/id";
import type { Refusal } from "../base/refusal";
import { hasWords, t } from "../base/words";
import { dayOf, dayWords, midnight, momentWords, nextMidnight, spanWords } from "../booking/when";
import { ZONE } from "../booking/zone";
import { keepRefusal, useAsking } from "../desk/asking";
import { openAtCare } from "../desk/desks";
import { useLooking } from "../desk/looking";
import { refusalWords } from "../staff/refusal_words";
import type { DayBooking, DayTime, DayView } from "../wire";
import { BookDialog } from "./BookDialog";

/** Somebody may come a little before their time. */
const EARLY_MS = 15 * 60_000;

export interface AtUnit {
  unit_id: string;
  connection: Connection;
}

export function Day({ unit_id, connection }: AtUnit) {
  const [day, setDay] = useState(dayOf(Date.now(), ZONE));
  const [moving, setMoving] = useState<DayBooking | null>(null);
  const [booking, setBooking] = useState<DayTime | null>(null);
  const [said, setSaid] = useState("");
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const view = useAsking<DayView>();
  const load = () => view.ask(connection.call("booking:day", { unit_id, ...spanOf(day) }));
  useLooking(connection, load, day);
  /** Does one thing, says that it is done or why it was refused, and shows the day as it is then. */
  const act = async (doing: Promise<unknown>, done: string) => {
    const refused = await doing.then(() => null, keepRefusal);
    setRefusal(refused);
    setSaid(refused ? "" : done);
    if (!refused) setMoving(null);
    await load();
  };
  const moveTo = (time: DayTime) => {
    if (!moving) return;
    const { booking_id, person_id, lang } = moving;
    const { schedule_id, starts_at } = time;
    const request = { client_id: newId(), unit_id, person_id, schedule_id, starts_at, lang, booking_id };
    void act(connection.insist("booking:give", request), t("times.done_moved"));
  };
  return (
    <>
      <WhichDay day={day} choose={setDay} />
      <p role="status" class={said ? "times-said" : "staff-hidden"}>
        {said}
      </p>
      {refusal && (
        <p role="alert" class="staff-problem">
          {timesWords(refusal)}
        </p>
      )}
      {view.refusal && (
        <p role="alert" class="staff-problem">
          {refusalWords(view.refusal.code)}
        </p>
      )}
      {moving && (
        <p class="times-moving">
          {t("times.moving", { name: nameOf(moving), at: momentWords(moving.starts_at, ZONE) })}{" "}
          <button type="button" class="ds-button" data-variant="secondary" onClick={() => setMoving(null)}>
            {t("times.moving_end")}
          </button>
        </p>
      )}
      {view.answer && (
        <>
          <Booked
            bookings={view.answer.bookings}
            move={setMoving}
            cancel={({ booking_id }) =>
              void act(
                connection.insist("booking:revoke", { client_id: newId(), unit_id, booking_id }),
                t("times.done_cancelled"),
              )
            }
            note={({ booking_id }, came) =>
              void act(
                connection.insist("booking:came", { client_id: newId(), unit_id, booking_id, came }),
                t("times.done_noted"),
              )
            }
          />
          <Free times={view.answer.times} moving={moving} choose={moving ? moveTo : setBooking} />
          <p class="staff-small">{t("times.zone", { zone: view.answer.zone })}</p>
        </>
      )}
      {booking && (
        <BookDialog
          unit_id={unit_id}
          connection={connection}
          time={booking}
          zone={ZONE}
          close={() => setBooking(null)}
          done={() => void act(Promise.resolve(), t("times.done_booked"))}
        />
      )}
    </>
  );
}

const spanOf = (day: string) => ({
  since: new Date(midnight(day, ZONE)).toISOString(),
  until: new Date(nextMidnight(day, ZONE)).toISOString(),
});

export const nameOf = (booking: DayBooking) => booking.name || t("times.protected");

/** What a refusal means here; else the usual words. */
export function timesWords(refusal: Refusal): string {
  const key = `times.error_${refusal.code}`;
  return hasWords(key) ? t(key) : refusalWords(refusal.code);
}

function WhichDay({ day, choose }: { day: string; choose(day: string): void }) {
  const today = dayOf(Date.now(), ZONE);
  const before = dayOf(midnight(day, ZONE) - 1, ZONE);
  const after = dayOf(nextMidnight(day, ZONE), ZONE);
  return (
    <div class="times-which">
      <h2>{dayWords(new Date(midnight(day, ZONE)).toISOString(), ZONE)}</h2>
      <button type="button" class="ds-button" data-variant="secondary" onClick={() => choose(before)}>
        {t("times.day_before")}
      </button>
      <button
        type="button"
        class="ds-button"
        data-variant="secondary"
        disabled={day === today}
        onClick={() => choose(today)}
      >
        {t("times.today")}
      </button>
      <button type="button" class="ds-button" data-variant="secondary" onClick={() => choose(after)}>
        {t("times.day_after")}
      </button>
      <label class="staff-field">
        {t("times.day")}
        <input
          class="ds-input"
          type="date"
          value={day}
          onInput={(event) => {
            if (event.currentTarget.value) choose(event.currentTarget.value);
          }}
        />
      </label>
    </div>
  );
}

interface BookedProps {
  bookings: readonly DayBooking[];
  move(booking: DayBooking): void;
  cancel(booking: DayBooking): void;
  note(booking: DayBooking, came: boolean): void;
}

function Booked({ bookings, ...acts }: BookedProps) {
  return (
    <section class="desk-card">
      <h2>{t("times.booked")}</h2>
      {bookings.length === 0 && <p>{t("times.none_booked")}</p>}
      <ul class="times-rows">
        {bookings.map((one) => (
          <Row key={one.booking_id} booking={one} {...acts} />
        ))}
      </ul>
    </section>
  );
}

function Row({ booking, move, cancel, note }: Omit<BookedProps, "bookings"> & { booking: DayBooking }) {
  const name = nameOf(booking);
  const begun = Date.parse(booking.starts_at) <= Date.now();
  const mayCome = Date.parse(booking.starts_at) - EARLY_MS <= Date.now();
  const open = booking.status === "booked";
  return (
    <li class="times-row" data-booking={booking.booking_id} data-status={booking.status}>
      <strong class="times-hour">{spanWords(booking, ZONE)}</strong>
      <span class="times-who">
        {name}
        <span class="staff-small">
          {[t(`times.type_${booking.type}`), booking.clinician || t("times.someone"), booking.phone]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </span>
      <span class="times-status">{t(`times.status_${booking.status}`)}</span>
      {booking.person_id && (
        <span class="times-acts">
          {booking.contact_id && (
            <Press
              words={t("times.to_visit")}
              label={t("times.to_visit_of", { name })}
              press={() => openAtCare(booking.contact_id)}
            />
          )}
          {mayCome && booking.status !== "attended" && (
            <Press words={t("times.came")} label={t("times.came_of", { name })} press={() => note(booking, true)} />
          )}
          {begun && booking.status !== "missed" && (
            <Press
              words={t("times.missed")}
              label={t("times.missed_of", { name })}
              press={() => note(booking, false)}
            />
          )}
          {open && <Press words={t("times.move")} label={t("times.move_of", { name })} press={() => move(booking)} />}
          {open && (
            <AskOnce
              does={t("times.cancel")}
              really={t("times.cancel_really")}
              label={(does) => t("times.cancel_of", { does, name })}
              act={() => cancel(booking)}
            />
          )}
        </span>
      )}
    </li>
  );
}

function Press({ words, label, press }: { words: string; label: string; press(): void }) {
  return (
    <button type="button" class="ds-button" data-variant="secondary" aria-label={label} onClick={press}>
      {words}
    </button>
  );
}

interface FreeProps {
  times: readonly DayTime[];
  moving: DayBooking | null;
  choose(time: DayTime): void;
}

function Free({ times, moving, choose }: FreeProps) {
  return (
    <section class="desk-card">
      <h2>{t("times.free")}</h2>
      {times.length === 0 && <p>{t("times.none_free")}</p>}
      <ul class="times-rows">
        {times.map((one) => {
          const at = [spanWords(one, ZONE), t(`times.type_${one.type}`), one.clinician].filter(Boolean).join(", ");
          return (
            <li key={`${one.schedule_id} ${one.starts_at}`} class="times-row" data-free={one.starts_at}>
              <strong class="times-hour">{spanWords(one, ZONE)}</strong>
              <span class="times-who">
                {one.clinician || t("times.someone")}
                <span class="staff-small">
                  {[t(`times.type_${one.type}`), one.left > 1 && t("times.left", { n: one.left })]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </span>
              <span class="times-acts">
                <Press
                  words={t(moving ? "times.move_here" : "times.book")}
                  label={t(moving ? "times.move_here_at" : "times.book_at", { at })}
                  press={() => choose(one)}
                />
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
