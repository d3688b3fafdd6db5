/** Immediate contacts that nobody has taken: seen at once wherever one is, heard until someone reacts. */
import { useEffect, useState } from "preact/hooks";
import { UrgencyShape } from "../base/urgency";
import { t } from "../base/words";
import { personWords } from "./person";
import { Alarm } from "./sound";
import type { Workplace } from "./workplace";

export function AlarmBanner({ workplace }: { workplace: Workplace }) {
  const [alarm] = useState(() => new Alarm());
  const waiting = workplace.unseenAlarms.value;
  const ringing = waiting.length > 0;
  useEffect(() => {
    if (ringing) alarm.start();
    return () => alarm.stop();
  }, [ringing, alarm]);
  const first = waiting[0];
  return (
    <div role="alert" class="staff-alarm-place">
      {first && (
        <div class="staff-alarm">
          <UrgencyShape level="immediate" />
          <span>
            <strong>{t("staff.alarm", { n: waiting.length })}</strong> {personWords(first)}
            {alarm.blocked.value && <em> {t("staff.sound_blocked")}</em>}
          </span>
          <button type="button" onClick={() => workplace.openContact(first.contact_id)}>
            {t("staff.look")}
          </button>
        </div>
      )}
    </div>
  );
}
