/** Where a protected person is, and their number: withheld until it is asked for by itself, which is recorded. */
import { useSignal } from "@preact/signals";
import { Refusal } from "../base/refusal";
import { t } from "../base/words";
import type { ShownReach } from "../wire";
import type { OpenContact } from "./contact";
import { refusalWords } from "./refusal_words";

export function WithheldReach({ contact }: { contact: OpenContact }) {
  const shown = useSignal<ShownReach | Refusal | null>(null);
  const ask = async () => {
    shown.value = await contact.showReach();
  };
  const told = shown.value;
  if (told && !(told instanceof Refusal))
    return (
      <>
        <p>{told.place}</p>
        <p>
          <a class="staff-number" href={`tel:${told.phone.replace(/[^+\d]/g, "")}`}>
            {told.phone}
          </a>
        </p>
      </>
    );
  return (
    <>
      <p>{t("staff.reach_withheld")}</p>
      {told && <p class="staff-problem">{refusalWords(told.code)}</p>}
      <p>
        <button type="button" class="ds-button" data-variant="secondary" onClick={() => void ask()}>
          {t("staff.reach_show")}
        </button>
      </p>
      <p class="staff-small">{t("staff.reach_recorded")}</p>
    </>
  );
}
