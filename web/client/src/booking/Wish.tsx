/** The waiting list: which times would suit one, and how one is told of one. */
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { newId } from "../base/id";
import { lang, t } from "../base/words";
import { MainButton, Page, Wrong } from "../patient/Page";
import { back } from "../patient/steps";
import type { WishTime } from "../wire";
import { change, whose } from "./own";
import { goHome } from "./place";
import { RemindFields, useRemind } from "./Remind";
import { dayOf, midnight, nextMidnight } from "./when";
import { ZONE } from "./zone";

type Type = WishTime["types"][number];

const TYPES: readonly Type[] = ["video", "phone", "on_site"];
const DAY_MS = 86_400_000;
/** What is asked for at first, and at most. */
const AT_FIRST_DAYS = 30;
const MOST_DAYS = 59;

export function Wish() {
  const ahead = (days: number) => dayOf(Date.now() + days * DAY_MS, ZONE);
  const types = useSignal<readonly Type[]>(TYPES);
  const since = useSignal(ahead(0));
  const until = useSignal(ahead(AT_FIRST_DAYS));
  const remind = useRemind();
  const busy = useSignal(false);
  const wrong = useSignal<string | null>(null);
  const client_id = useRef(newId());
  const save = async (event: Event) => {
    event.preventDefault();
    const from_ms = midnight(since.value, ZONE);
    const until_ms = nextMidnight(until.value, ZONE);
    wrong.value = fault(types.value, from_ms, until_ms);
    const reminded = wrong.value === null ? await remind.chosen() : null;
    if (reminded && "wrong" in reminded) wrong.value = reminded.wrong;
    if (wrong.value !== null) return;
    busy.value = true;
    const request = {
      client_id: client_id.current,
      types: [...types.value],
      since: new Date(Math.max(from_ms, Date.now())).toISOString(),
      until: new Date(until_ms).toISOString(),
      lang: lang.value,
      for_person: whose.value,
      ...reminded,
    };
    wrong.value = await change("booking:wish", request, t("booking.wish_done"));
    busy.value = false;
    if (wrong.value === null) goHome();
  };
  const toggle = (type: Type) => {
    types.value = types.value.includes(type) ? types.value.filter((one) => one !== type) : [...types.value, type];
  };
  const days = { min: ahead(0), max: ahead(MOST_DAYS) };
  return (
    <Page
      name="booking-wish"
      title={t("booking.wish_title")}
      lead={t("booking.wish_lead")}
      onBack={back}
      action={
        <MainButton busy={busy.value} form="booking-wish">
          {t("booking.wish_save")}
        </MainButton>
      }
    >
      <form id="booking-wish" class="stack" onSubmit={(event) => void save(event)} noValidate>
        <fieldset class="plain booking-boxes">
          <legend class="ds-label">{t("booking.wish_types")}</legend>
          {TYPES.map((one) => (
            <label key={one} class="notice-way">
              <input type="checkbox" checked={types.value.includes(one)} onChange={() => toggle(one)} />
              {t(`booking.type_${one}`)}
            </label>
          ))}
        </fieldset>
        <Day label={t("booking.wish_from")} day={since} {...days} />
        <Day label={t("booking.wish_until")} day={until} {...days} />
        <RemindFields remind={remind} />
      </form>
      {wrong.value && <Wrong>{wrong.value}</Wrong>}
    </Page>
  );
}

function fault(types: readonly Type[], from_ms: number, until_ms: number): string | null {
  if (types.length === 0) return t("booking.wish_needs_type");
  return from_ms < until_ms ? null : t("booking.wish_needs_days");
}

interface DayProps {
  label: string;
  day: { value: string };
  min: string;
  max: string;
}

function Day({ label, day, min, max }: DayProps) {
  return (
    <label class="ds-field">
      <span class="ds-label">{label}</span>
      <input
        class="ds-input"
        type="date"
        min={min}
        max={max}
        value={day.value}
        onInput={(event) => {
          day.value = event.currentTarget.value;
        }}
      />
    </label>
  );
}
