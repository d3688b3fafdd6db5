/** The time once more before it is taken, how one is reminded of it, and what happens next. */
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { newId } from "../base/id";
import { lang, t } from "../base/words";
import { Field, MainButton, Page, Wrong } from "../patient/Page";
import { line } from "../patient/session";
import { back } from "../patient/steps";
import { look, refusedWords, told, whose } from "./own";
import { ByWhichClock, NotHelpNow, nextWords, TimeCard } from "./parts";
import { type Chosen, goHome, goOnTo } from "./place";
import { RemindFields, useRemind } from "./Remind";
import { momentWords } from "./when";

/** As the service takes it: digits, and what people write between them. */
const NUMBER = /^\+?[0-9(][0-9 ()/-]{4,24}$/;

export function Confirm({ chosen }: { chosen: Chosen }) {
  const { moves } = chosen;
  const remind = useRemind();
  const wrong = useSignal<string | null>(null);
  const busy = useSignal(false);
  const client_id = useRef(newId());
  const phone = useSignal("");
  const calls = chosen.type === "phone" && !moves?.phone;
  const take = async () => {
    wrong.value = calls && !NUMBER.test(phone.value.trim()) ? t("booking.phone_needed") : null;
    if (wrong.value) return;
    busy.value = true;
    const reminded = moves ? null : await remind.chosen();
    const refused = await book(chosen, { client_id: client_id.current, phone: phone.value, reminded });
    busy.value = false;
    wrong.value = refused;
    if (refused === null) goOnTo({ at: "done", chosen });
  };
  return (
    <Page
      name="booking-confirm"
      title={t(moves ? "booking.confirm_move_title" : "booking.confirm_title")}
      onBack={back}
      action={
        <MainButton busy={busy.value} onClick={() => void take()}>
          {t(moves ? "booking.move_here" : "booking.book")}
        </MainButton>
      }
    >
      <TimeCard time={chosen}>
        {moves && <p>{t("booking.moved_from", { at: momentWords(moves.starts_at, moves.zone) })}</p>}
        {chosen.capacity > 1 && <p>{t("booking.group", { n: chosen.capacity })}</p>}
        <p>{nextWords(chosen)}</p>
        <Until chosen={chosen} />
      </TimeCard>
      <ByWhichClock zone={chosen.zone} />
      {calls && (
        <Field
          id="booking-phone"
          label={t("booking.phone")}
          hint={t("booking.phone_hint")}
          value={phone}
          wrong={false}
          autocomplete="tel"
          keyboard="tel"
        />
      )}
      {moves ? <p class="hint">{t("booking.remind_as_before")}</p> : <RemindFields remind={remind} />}
      {wrong.value && <Wrong>{wrong.value}</Wrong>}
    </Page>
  );
}

/** Until when it can be changed; nothing where that moment has passed already. */
function Until({ chosen: { until, zone } }: { chosen: Chosen }) {
  if (until === null || Date.parse(until) < Date.now()) return null;
  return <p class="hint">{t("booking.change_until", { at: momentWords(until, zone) })}</p>;
}

type Reminded = Awaited<ReturnType<ReturnType<typeof useRemind>["chosen"]>>;

interface Asked {
  client_id: string;
  phone: string;
  reminded: Reminded | null;
}

/** Why it was refused, in words; null when the time is theirs. */
async function book(chosen: Chosen, { client_id, phone, reminded }: Asked): Promise<string | null> {
  if (reminded && "wrong" in reminded) return reminded.wrong;
  const { schedule_id, starts_at, moves } = chosen;
  const wanted = { client_id, schedule_id, starts_at, lang: lang.value, for_person: whose.value, phone };
  try {
    if (moves) await line().insist("booking:move", { ...wanted, booking_id: moves.booking_id });
    else await line().insist("booking:book", { ...wanted, ...reminded });
  } catch (error) {
    return refusedWords(error);
  }
  told.value = "";
  void look();
  return null;
}

export function Done({ chosen }: { chosen: Chosen }) {
  return (
    <Page
      name="booking-done"
      title={t(chosen.moves ? "booking.moved_title" : "booking.booked_title")}
      action={<MainButton onClick={goHome}>{t("booking.to_own")}</MainButton>}
    >
      <TimeCard time={chosen}>
        <p>{nextWords(chosen)}</p>
        <Until chosen={chosen} />
      </TimeCard>
      <ByWhichClock zone={chosen.zone} />
      <NotHelpNow />
    </Page>
  );
}
