/** What was measured last, with when and by whom. */
import { clock } from "../base/clock";
import { t } from "../base/words";
import type { EntryView } from "../wire";
import { measuredIn, vitalsWords } from "./vitals";

const MOST = 4;

export function VitalsList({ entries }: { entries: readonly EntryView[] }) {
  const measured = measuredIn(entries).slice(0, MOST);
  if (measured.length === 0) return null;
  return (
    <div class="vitals-list">
      <p>
        <strong>{t("vitals.newest")}</strong>
      </p>
      <ul>
        {measured.map(({ no, at, who, vitals }) => (
          <li key={no}>
            {vitalsWords(vitals)} <span class="vitals-unit">{[who, clock(at)].filter(Boolean).join(", ")}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
