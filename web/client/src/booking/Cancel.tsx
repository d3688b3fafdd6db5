/** Asks once before a time is given to somebody else. */
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { newId } from "../base/id";
import { t } from "../base/words";
import { MainButton, Page, Wrong } from "../patient/Page";
import { back } from "../patient/steps";
import type { OwnBooking } from "../wire";
import { change, whose } from "./own";
import { ByWhichClock, TimeCard } from "./parts";
import { goHome } from "./place";

export function Cancel({ booking }: { booking: OwnBooking }) {
  const busy = useSignal(false);
  const wrong = useSignal<string | null>(null);
  const client_id = useRef(newId());
  const cancel = async () => {
    busy.value = true;
    const request = { client_id: client_id.current, booking_id: booking.booking_id, for_person: whose.value };
    wrong.value = await change("booking:cancel", request, t("booking.cancelled"));
    busy.value = false;
    if (wrong.value === null) goHome();
  };
  return (
    <Page
      name="booking-cancel"
      title={t("booking.cancel_title")}
      lead={t("booking.cancel_lead")}
      onBack={back}
      action={
        <MainButton busy={busy.value} onClick={() => void cancel()}>
          {t("booking.cancel_yes")}
        </MainButton>
      }
    >
      <TimeCard time={booking} />
      <ByWhichClock zone={booking.zone} />
      {wrong.value && <Wrong>{wrong.value}</Wrong>}
      <button type="button" class="ds-button" data-variant="secondary" onClick={back}>
        {t("booking.cancel_no")}
      </button>
    </Page>
  );
}
