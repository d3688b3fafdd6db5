/** One's own times: what is offered, what is booked with what happens next, and what one waits for. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { newId } from "../base/id";
import { lang, t } from "../base/words";
import { lacking } from "../patient/offered";
import { over } from "../patient/over";
import { MainButton, Page, Wrong } from "../patient/Page";
import { Fetching } from "../patient/SignIn";
import { me, take } from "../patient/session";
import { back } from "../patient/steps";
import type { OwnBooking, OwnBookings, OwnOffer, OwnWish } from "../wire";
import { change, failed, own, told, whose } from "./own";
import { ByWhichClock, NotHelpNow, nextWords, TimeCard } from "./parts";
import { goTo } from "./place";
import { dayWords, momentWords } from "./when";

export function Own() {
  const name = nameOf(whose.value);
  const lacks = lacking(whose.value || ownId(), "booking");
  const find = <MainButton onClick={() => goTo({ at: "find", moves: null })}>{t("booking.find")}</MainButton>;
  return (
    <Page
      name="booking"
      title={name ? t("booking.title_other", { name }) : t("booking.title")}
      lead={t("booking.lead")}
      onBack={back}
      action={!lacks && find}
    >
      <p role="status" class={told.value ? "booking-told" : "ds-sr-only"}>
        {told.value}
      </p>
      {failed.value && <Wrong>{t("booking.failed")}</Wrong>}
      <Whose />
      {lacks && (
        <p class="not-seen">{lacks.closed?.booking?.[lang.value] ?? t("booking.not_offered", { unit: lacks.unit })}</p>
      )}
      {own.value ? <Times own={own.value} mayWish={!lacks} /> : !failed.value && <Fetching />}
      <NotHelpNow />
    </Page>
  );
}

const ownId = () => me.value?.id.replace(/^patient:/, "") ?? "";

const nameOf = (person: string) => me.value?.represents.find((one) => one.person_id === person)?.name ?? "";

/** Oneself, and each of those one stands for now. */
function Whose() {
  const represented = me.value?.represents ?? [];
  if (represented.length === 0) return null;
  const all = [{ person_id: "", name: t("booking.whose_self") }, ...represented];
  const choose = (person: string) => {
    told.value = "";
    whose.value = person;
  };
  return (
    <fieldset class="plain">
      <legend class="ds-label">{t("booking.whose")}</legend>
      <div class="segments booking-wrap">
        {all.map(({ person_id, name }) => (
          <label key={person_id} class="segment">
            <input
              type="radio"
              name="booking-whose"
              checked={person_id === whose.value}
              onChange={() => choose(person_id)}
            />
            <span>{name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Times({ own: { bookings, offers, wishes }, mayWish }: { own: OwnBookings; mayWish: boolean }) {
  const [zone] = [...offers, ...bookings].map((one) => one.zone);
  return (
    <>
      {offers.length > 0 && (
        <Part title={t("booking.offers")}>
          {offers.map((one) => (
            <Offer key={one.seat_id} offer={one} />
          ))}
        </Part>
      )}
      <Part title={t("patient.times_own")}>
        {bookings.length === 0 && <p>{t("booking.none_yet")}</p>}
        {bookings.map((one) => (
          <Booked key={one.booking_id} booking={one} />
        ))}
        {zone && <ByWhichClock zone={zone} />}
      </Part>
      {(wishes.length > 0 || mayWish) && (
        <Part title={t("booking.wishes")}>
          {wishes.map((one) => (
            <Waiting key={one.wish_id} wish={one} />
          ))}
          {mayWish && (
            <p>
              {t("booking.wish_instead")}{" "}
              <button type="button" class="text-button" onClick={() => goTo({ at: "wish" })}>
                {t("booking.wish_title")}
              </button>
            </p>
          )}
        </Part>
      )}
    </>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="booking-part">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Booked({ booking }: { booking: OwnBooking }) {
  const at = momentWords(booking.starts_at, booking.zone);
  return (
    <TimeCard time={booking} level={3} data-booking={booking.booking_id}>
      <p>{nextWords(booking, booking.phone)}</p>
      <ToVisit booking={booking} />
      {booking.status === "missed" && <p>{t("booking.missed")}</p>}
      {booking.status === "booked" && <p class="hint">{untilWords(booking)}</p>}
      {!booking.may_cancel && booking.unit_phone && (
        <a class="ds-button" data-variant="secondary" href={`tel:${booking.unit_phone}`}>
          {t("booking.call_unit", { number: booking.unit_phone })}
        </a>
      )}
      {(booking.may_move || booking.may_cancel) && (
        <div class="booking-acts">
          {booking.may_move && (
            <Act label={t("booking.move_label", { at })} press={() => goTo({ at: "find", moves: booking })}>
              {t("booking.move")}
            </Act>
          )}
          {booking.may_cancel && (
            <Act label={t("booking.cancel_label", { at })} press={() => goTo({ at: "cancel", booking })}>
              {t("booking.cancel")}
            </Act>
          )}
        </div>
      )}
    </TimeCard>
  );
}

/** The way into a video visit, from when its waiting room is open. */
function ToVisit({ booking: { type, contact_id, opens_at, starts_at, zone } }: { booking: OwnBooking }) {
  if (type !== "video") return null;
  if (!contact_id)
    return Date.parse(opens_at) > Date.now() ? (
      <p>{t("booking.opens_at", { at: momentWords(opens_at, zone) })}</p>
    ) : null;
  const enter = () => {
    over.value = null;
    take(contact_id);
  };
  return (
    <>
      <p>{t("booking.open_now")}</p>
      <button
        type="button"
        class="ds-button"
        aria-label={t("booking.to_visit_label", { at: momentWords(starts_at, zone) })}
        onClick={enter}
      >
        {t("booking.to_visit")}
      </button>
    </>
  );
}

/** Until when what can be done; and whom to ask after that. */
function untilWords(booking: OwnBooking): string {
  const { may_move, may_cancel, move_until, cancel_until, zone } = booking;
  if (may_move && may_cancel && move_until === cancel_until)
    return t("booking.change_until", { at: momentWords(move_until, zone) });
  const each = [
    may_move && t("booking.move_until", { at: momentWords(move_until, zone) }),
    may_cancel && t("booking.cancel_until", { at: momentWords(cancel_until, zone) }),
  ].filter(Boolean);
  return each.length > 0 ? each.join(" ") : t("booking.too_late");
}

interface ActProps {
  /** What is written on it, with which time it is about. */
  label: string;
  press(): void;
  busy?: boolean;
  children: string;
}

function Act({ label, press, busy = false, children }: ActProps) {
  return (
    <button
      type="button"
      class="ds-button"
      data-variant="secondary"
      aria-label={label}
      aria-busy={busy}
      disabled={busy}
      onClick={press}
    >
      {children}
    </button>
  );
}

function Offer({ offer }: { offer: OwnOffer }) {
  const { busy, refused, run } = useChange();
  const at = momentWords(offer.starts_at, offer.zone);
  const take = () => goTo({ at: "confirm", chosen: { ...offer, capacity: 1, moves: null, until: null } });
  const leave = () =>
    run(() =>
      change(
        "booking:decline",
        { client_id: newId(), seat_id: offer.seat_id, for_person: whose.value },
        t("booking.offer_left"),
      ),
    );
  return (
    <TimeCard time={offer} level={3} data-booking={offer.seat_id}>
      <p>{t("booking.offer_until", { at: momentWords(offer.until, offer.zone) })}</p>
      <div class="booking-acts">
        <button type="button" class="ds-button" aria-label={t("booking.offer_take_label", { at })} onClick={take}>
          {t("booking.offer_take")}
        </button>
        <Act label={t("booking.offer_leave_label", { at })} press={leave} busy={busy}>
          {t("booking.offer_leave")}
        </Act>
      </div>
      {refused && <Wrong>{refused}</Wrong>}
    </TimeCard>
  );
}

function Waiting({ wish }: { wish: OwnWish }) {
  const { busy, refused, run } = useChange();
  const zone = wish.zone;
  const is = t("booking.wish_is", {
    unit: wish.unit,
    types: wish.types.map((one) => t(`booking.type_${one}`).toLowerCase()).join(", "),
    since: dayWords(wish.since, zone).toLowerCase(),
    until: dayWords(new Date(Date.parse(wish.until) - 1).toISOString(), zone).toLowerCase(),
  });
  const end = () =>
    run(() =>
      change(
        "booking:unwish",
        { client_id: newId(), wish_id: wish.wish_id, for_person: whose.value },
        t("booking.wish_ended"),
      ),
    );
  return (
    <article class="booking-card" data-wish={wish.wish_id}>
      <p>{is}</p>
      <p class="hint">{t("booking.wish_next")}</p>
      <div class="booking-acts">
        <Act label={`${t("booking.wish_end")}: ${is}`} press={end} busy={busy}>
          {t("booking.wish_end")}
        </Act>
      </div>
      {refused && <Wrong>{refused}</Wrong>}
    </article>
  );
}

/** One press at a time, and why it was refused. */
function useChange() {
  const busy = useSignal(false);
  const refused = useSignal<string | null>(null);
  const run = async (act: () => Promise<string | null>) => {
    if (busy.value) return;
    busy.value = true;
    refused.value = await act();
    busy.value = false;
  };
  return { busy: busy.value, refused: refused.value, run: (act: () => Promise<string | null>) => void run(act) };
}
