/** The mark of somebody whose identity is protected: a drawing and the word, never colour alone. */
import { t } from "../base/words";
import type { FoundPerson } from "../wire";

type Protection = NonNullable<FoundPerson["protection"]>;

export function Protected({ protection }: { protection?: Protection }) {
  return (
    <span class="staff-protected" title={protection && t(`staff.protection_${protection}`)}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M8 1 2.5 3v4.2c0 3.4 2.3 6.5 5.5 7.8 3.2-1.3 5.5-4.4 5.5-7.8V3z" />
      </svg>
      {t("staff.protected")}
      {protection && <span class="staff-hidden">: {t(`staff.protection_${protection}`)}</span>}
    </span>
  );
}
