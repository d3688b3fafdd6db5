/** Before one is let in: own picture, device check, who will be there, and the truth about waiting. */
import { hasWords, t } from "../base/words";
import type { VisitMember } from "../wire";
import { Bar, BarButton, MediaSwitches } from "./Bar";
import { calledWithRole } from "./called";
import { DeviceCheck } from "./DeviceCheck";
import { SelfView } from "./SelfView";
import type { Visit } from "./visit";

export function Lobby({ visit, leave }: { visit: Visit; leave(): void }) {
  const { devices } = visit;
  return (
    <div class="visit-lobby">
      <SelfView devices={devices} />
      <div class="visit-lobby-text">
        <h2 class="ds-heading" data-size="sm">
          {t("visit.lobby_title")}
        </h2>
        <p role="status" class="visit-waiting">
          {waitingWords(visit)}
        </p>
        <WhoIsThere others={visit.others} />
        <DeviceCheck devices={devices} />
      </div>
      <Bar>
        <MediaSwitches devices={devices} />
        <BarButton icon="leave" word={t("visit.leave")} danger press={leave} />
      </Bar>
    </div>
  );
}

function waitingWords(visit: Visit): string {
  const code = visit.refused.value;
  if (code) return refusalWords(code);
  return visit.place.value === "lobby" ? t("visit.waiting") : t("visit.entering");
}

function refusalWords(code: string): string {
  const key = `base.error_${code}`;
  return hasWords(key) ? t(key) : t("visit.not_let_in");
}

function WhoIsThere({ others }: { others: VisitMember[] }) {
  if (others.length === 0) return null;
  return (
    <ul class="visit-who">
      {others.map((one) => (
        <li key={one.participant}>
          <strong>{calledWithRole(one)}</strong>: {t(`visit.place_${one.place}`)}
        </li>
      ))}
    </ul>
  );
}
