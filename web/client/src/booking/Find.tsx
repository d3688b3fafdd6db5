/** Free times, day by day, by how one meets and with whom; from the nearest on, as far ahead as the unit lets one book. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../base/words";
import { Page, Wrong } from "../patient/Page";
import { Fetching } from "../patient/SignIn";
import { line } from "../patient/session";
import { back } from "../patient/steps";
import type { FreeTime, FreeTimes, OwnBooking } from "../wire";
import { refusedWords, whose } from "./own";
import { ByWhichClock } from "./parts";
import { type Chosen, goTo } from "./place";
import { byDay, dayWords, momentWords, timeWords } from "./when";

/** How many days are asked for at once: small enough for a slow line. */
const AT_ONCE_MS = 14 * 86_400_000;
const MINUTE_MS = 60_000;
const TYPES = ["video", "phone", "on_site"] as const;

type Type = FreeTime["type"] | "";

export function Find({ moves }: { moves: OwnBooking | null }) {
  const { found, upTo, more, busy, refused } = useFound(moves);
  const type = useSignal<Type>("");
  const clinician = useSignal("");
  const shown = (found?.times ?? []).filter(
    (one) => (!type.value || one.type === type.value) && (!clinician.value || one.clinician === clinician.value),
  );
  return (
    <Page
      name="booking-find"
      title={t(moves ? "booking.move_title" : "booking.find_title")}
      lead={
        moves
          ? t("booking.move_lead", { at: momentWords(moves.starts_at, moves.zone) })
          : found
            ? t("booking.find_lead", { unit: found.unit })
            : undefined
      }
      onBack={back}
    >
      {found && (
        <>
          <ByType times={found.times} type={type} />
          <ByClinician times={found.times} clinician={clinician} />
          <ByWhichClock zone={found.zone} />
          <Days found={found} shown={shown} moves={moves} />
          {shown.length === 0 && (
            <p role="status">
              {found.times.length > 0
                ? t("booking.no_such_times")
                : t("booking.no_times", { until: dayWords(new Date(upTo).toISOString(), found.zone).toLowerCase() })}
            </p>
          )}
        </>
      )}
      {refused && <Wrong>{refused}</Wrong>}
      {busy && <Fetching />}
      {more && !busy && (
        <button type="button" class="ds-button" data-variant="secondary" onClick={more}>
          {t("booking.later")}
        </button>
      )}
      {found && !moves && (
        <p>
          {t("booking.wish_instead")}{" "}
          <button type="button" class="text-button" onClick={() => goTo({ at: "wish" })}>
            {t("booking.wish_title")}
          </button>
        </p>
      )}
    </Page>
  );
}

/** Asks for the next days, and on until there is a time or the unit lets one book no further. */
function useFound(moves: OwnBooking | null) {
  const found = useSignal<FreeTimes | null>(null);
  const upTo = useSignal(Date.now());
  const busy = useSignal(true);
  const refused = useSignal<string | null>(null);
  const ask = async () => {
    busy.value = true;
    refused.value = null;
    try {
      for (let before = found.value?.times.length ?? 0; ; ) {
        const since = upTo.value;
        const answer = await line().insist("booking:free", {
          unit_id: moves?.unit_id ?? "",
          for_person: whose.value,
          since: new Date(since).toISOString(),
          until: new Date(since + AT_ONCE_MS).toISOString(),
        });
        found.value = { ...answer, times: [...(found.value?.times ?? []), ...answer.times] };
        upTo.value = Math.min(since + AT_ONCE_MS, Date.parse(answer.open_until));
        if (found.value.times.length > before || upTo.value >= Date.parse(answer.open_until)) break;
        before = found.value.times.length;
      }
    } catch (error) {
      refused.value = refusedWords(error);
    }
    busy.value = false;
  };
  useEffect(() => void ask(), []);
  const over = found.value !== null && upTo.value >= Date.parse(found.value.open_until);
  return {
    found: found.value,
    upTo: upTo.value,
    busy: busy.value,
    refused: refused.value,
    more: over || found.value === null ? null : () => void ask(),
  };
}

/** How one meets, where there is a choice. */
function ByType({ times, type }: { times: readonly FreeTime[]; type: { value: Type } }) {
  const there = TYPES.filter((one) => times.some((time) => time.type === one));
  if (there.length < 2) return null;
  return (
    <fieldset class="plain">
      <legend class="ds-label">{t("booking.how")}</legend>
      <div class="segments booking-wrap">
        {(["", ...there] as const).map((one) => (
          <label key={one} class="segment">
            <input
              type="radio"
              name="booking-type"
              checked={type.value === one}
              onChange={() => {
                type.value = one;
              }}
            />
            <span>{t(`booking.type_${one || "all"}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Whom it is with, where the unit says so and there is a choice. */
function ByClinician({ times, clinician }: { times: readonly FreeTime[]; clinician: { value: string } }) {
  const there = [...new Set(times.map((one) => one.clinician).filter(Boolean))].sort();
  if (there.length < 2) return null;
  return (
    <label class="ds-field">
      <span class="ds-label">{t("booking.who")}</span>
      <select
        class="ds-input"
        value={clinician.value}
        onChange={(event) => {
          clinician.value = event.currentTarget.value;
        }}
      >
        <option value="">{t("booking.anyone")}</option>
        {there.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  );
}

interface DaysProps {
  found: FreeTimes;
  shown: readonly FreeTime[];
  moves: OwnBooking | null;
}

/** The first day lies open: most take the next time there is. */
function Days({ found, shown, moves }: DaysProps) {
  const { zone } = found;
  return (
    <>
      {byDay(shown, zone).map(([day, times], nth) => (
        <details key={day} class="ds-details booking-day" open={nth === 0} data-day={day}>
          <summary>
            {dayWords(times[0]?.starts_at ?? day, zone)}
            <span class="booking-count">{t("booking.times_on", { n: times.length })}</span>
          </summary>
          <ul class="booking-times">
            {times.map((time) => (
              <li key={`${time.schedule_id} ${time.starts_at}`}>
                <Time
                  time={time}
                  zone={zone}
                  choose={() => goTo({ at: "confirm", chosen: chosenOf(time, found, moves) })}
                />
              </li>
            ))}
          </ul>
        </details>
      ))}
    </>
  );
}

function Time({ time, zone, choose }: { time: FreeTime; zone: string; choose(): void }) {
  return (
    <button type="button" class="choice booking-time" data-starts={time.starts_at} onClick={choose}>
      <span class="choice-title">{timeWords(time.starts_at, zone)}</span>
      <span class="choice-more">{t(`booking.type_${time.type}`)}</span>
      {time.clinician && <span class="choice-more">{time.clinician}</span>}
      {time.capacity > 1 && <span class="choice-more">{t("booking.group_left", { n: time.left })}</span>}
    </button>
  );
}

function chosenOf(time: FreeTime, found: FreeTimes, moves: OwnBooking | null): Chosen {
  const before = Math.max(found.move_min, found.cancel_min);
  const until = new Date(Date.parse(time.starts_at) - before * MINUTE_MS).toISOString();
  return { ...time, unit: found.unit, zone: found.zone, moves, until };
}
