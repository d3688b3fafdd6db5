/** Going from one desk to another, for who has more than one. */
import { t } from "../base/words";
import type { Me } from "../wire";
import { desk, desksOf } from "./desks";
import "./words";
import "./desk.css";

export function DeskSwitch({ me }: { me: Me }) {
  const desks = desksOf(me);
  if (desks.length < 2) return null;
  return (
    <nav class="desk-switch" aria-label={t("desk.desks")}>
      {desks.map((one) => (
        <button
          key={one}
          type="button"
          class="staff-quiet"
          aria-current={desk.value === one ? "page" : undefined}
          onClick={() => {
            desk.value = one;
          }}
        >
          {t(`desk.${one}`)}
        </button>
      ))}
    </nav>
  );
}
