/** In the lobby: who is in the room with oneself. Asked once, may be changed, holds nobody up. */
import { useState } from "preact/hooks";
import { t } from "../base/words";
import { companyWords } from "./company_words";
import { COMPANY, type Company, type Door, ticked } from "./door";

export function CompanyQuestion({ door }: { door: Door }) {
  const [chosen, setChosen] = useState<Company[]>([]);
  const [told, setTold] = useState<Company[]>([]);
  const [trouble, setTrouble] = useState(false);
  const tell = async () => {
    const went = await door.tellCompany(chosen).then(
      () => true,
      () => false,
    );
    setTrouble(!went);
    if (went) setTold(chosen);
  };
  if (told.length > 0) {
    return (
      <div class="room-company">
        <p role="status">{t("room.company_told", { who: companyWords(told) })}</p>
        <button type="button" class="ds-button" data-variant="secondary" onClick={() => setTold([])}>
          {t("room.company_change")}
        </button>
      </div>
    );
  }
  return (
    <fieldset class="room-company">
      <legend>{t("room.company_ask")}</legend>
      <div class="room-choices">
        {COMPANY.map((one) => (
          <label key={one} class="room-choice">
            <input
              type="checkbox"
              class="ds-input"
              checked={chosen.includes(one)}
              onChange={(event) => setChosen(ticked(chosen, one, event.currentTarget.checked))}
            />
            {t(`room.company_${one}`)}
          </label>
        ))}
      </div>
      {trouble && <p role="alert">{t("room.did_not_go")}</p>}
      {chosen.length > 0 && (
        <button type="button" class="ds-button" onClick={() => void tell()}>
          {t("room.company_tell")}
        </button>
      )}
    </fieldset>
  );
}
