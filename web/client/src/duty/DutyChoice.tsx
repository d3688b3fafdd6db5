/** Whether one is on duty, in the top line: on, finishing what is open, or off. */
import { t } from "../base/words";
import { type Duties, STANDINGS } from "./duties";
import "./words";
import "./duty.css";

export function DutyChoice({ duties }: { duties: Duties }) {
  if (duties.caresAt.length === 0) return null;
  return (
    <label class="staff-language duty-choice" data-standing={duties.standing}>
      <span class="staff-hidden">{t("duty.mine")}</span>
      <select
        value={duties.standing}
        onChange={(event) => {
          const chosen = STANDINGS.find((one) => one === event.currentTarget.value);
          if (chosen) void duties.stand(chosen);
        }}
      >
        {STANDINGS.map((one) => (
          <option key={one} value={one}>
            {t(`duty.${one}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
