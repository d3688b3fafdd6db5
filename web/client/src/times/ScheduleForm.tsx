/** The form of one schedule: who, how, when; hours are typed as everywhere, and what cannot be read is said. */
import { useRef, useState } from "preact/hooks";
import { Check, Choice, Field, Group } from "../administration/fields";
import { newId } from "../base/id";
import type { Refusal } from "../base/refusal";
import { hasWords, t } from "../base/words";
import { TextField } from "../staff/Dialog";
import type { OfferedTimes, Receiver } from "../wire";
import { timesWords } from "./Day";
import {
  readAway,
  readExtras,
  readWeek,
  typedAway,
  typedExtras,
  typedWeek,
  UnreadableError,
  WEEK,
} from "./schedule_text";

const TYPES = ["video", "phone", "on_site"] as const;
const AT_FIRST_MS = 90 * 86_400_000;
const LENGTH_MIN = 30;

/** As it is typed. */
interface Typed {
  clinician_id: string;
  type: OfferedTimes["type"];
  length_min: string;
  pause_min: string;
  capacity: string;
  from_day: string;
  until_day: string;
  week: Record<number, string>;
  away: string;
  extras: string;
  staff_only: boolean;
}

interface FormProps {
  was: OfferedTimes | null;
  receivers: readonly Receiver[];
  save(schedule: OfferedTimes, client_id: string): Promise<Refusal | null>;
  close(): void;
}

export function ScheduleForm({ was, receivers, save, close }: FormProps) {
  const [typed, setTyped] = useState(() => typedOf(was, receivers[0]?.clinician_id ?? ""));
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const client_id = useRef(newId());
  const alter = (more: Partial<Typed>) => setTyped({ ...typed, ...more });
  const submit = async () => {
    const schedule = read(typed);
    if (typeof schedule === "string") return setWrong([schedule]);
    setBusy(true);
    const refused = await save(schedule, client_id.current);
    setBusy(false);
    if (refused) {
      client_id.current = newId();
      setWrong(faultWords(refused));
    }
  };
  return (
    <form
      class="desk-card"
      data-form="schedule"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void submit();
      }}
    >
      <h2>{t(was ? "times.schedule_change" : "times.schedule_new")}</h2>
      <div class="desk-form">
        {was ? null : (
          <Choice
            label={t("times.who")}
            value={typed.clinician_id}
            options={receivers.map((one) => [one.clinician_id, one.name || t("times.someone")] as const)}
            choose={(clinician_id) => alter({ clinician_id })}
          />
        )}
        <Choice
          label={t("times.how")}
          value={typed.type}
          options={TYPES.map((one) => [one, t(`times.type_${one}`)] as const)}
          choose={(type) => alter({ type: type as Typed["type"] })}
        />
        <Lines typed={typed} alter={alter} />
      </div>
      <Group legend={t("times.week")}>
        <p class="staff-small">{t("times.spans_how")}</p>
        <div class="desk-form">
          {WEEK.map((day) => (
            <Field
              key={day}
              label={t(`times.weekday_${day}`)}
              value={typed.week[day] ?? ""}
              change={(hours) => alter({ week: { ...typed.week, [day]: hours } })}
            />
          ))}
        </div>
      </Group>
      <TextField label={t("times.away")} value={typed.away} change={(away) => alter({ away })} />
      <p class="staff-small">{t("times.away_how")}</p>
      <TextField label={t("times.extras")} value={typed.extras} change={(extras) => alter({ extras })} />
      <p class="staff-small">{t("times.extras_how")}</p>
      <Check label={t("times.staff_only")} value={typed.staff_only} change={(staff_only) => alter({ staff_only })} />
      <div role="alert">
        {wrong.map((one) => (
          <p key={one} class="staff-problem">
            {one}
          </p>
        ))}
      </div>
      <div class="desk-form-foot">
        <button type="submit" class="ds-button" aria-busy={busy}>
          {t("times.save")}
        </button>
        <button type="button" class="ds-button" data-variant="secondary" onClick={close}>
          {t("staff.cancel")}
        </button>
      </div>
    </form>
  );
}

const NUMBERS = ["length_min", "pause_min", "capacity"] as const;
const NUMBER_WORDS = { length_min: "times.length", pause_min: "times.pause", capacity: "times.capacity" } as const;
const DAYS = ["from_day", "until_day"] as const;

function Lines({ typed, alter }: { typed: Typed; alter(more: Partial<Typed>): void }) {
  return (
    <>
      {NUMBERS.map((one) => (
        <Field
          key={one}
          type="number"
          required
          label={t(NUMBER_WORDS[one])}
          value={typed[one]}
          change={(value) => alter({ [one]: value })}
        />
      ))}
      {DAYS.map((one) => (
        <Field
          key={one}
          type="date"
          required
          label={t(`times.${one}`)}
          value={typed[one]}
          change={(value) => alter({ [one]: value })}
        />
      ))}
    </>
  );
}

function typedOf(was: OfferedTimes | null, first: string): Typed {
  const day = (ms: number) => new Date(ms).toLocaleDateString("sv-SE");
  return {
    clinician_id: was?.clinician_id ?? first,
    type: was?.type ?? "video",
    length_min: String(was?.length_min ?? LENGTH_MIN),
    pause_min: String(was?.pause_min ?? 0),
    capacity: String(was?.capacity ?? 1),
    from_day: was?.from_day ?? day(Date.now()),
    until_day: was?.until_day ?? day(Date.now() + AT_FIRST_MS),
    week: Object.fromEntries(WEEK.map((one) => [one, typedWeek(was?.windows ?? [], one)])),
    away: typedAway(was?.absences),
    extras: typedExtras(was?.extras),
    staff_only: was?.staff_only ?? false,
  };
}

/** The schedule that is meant, or what of it cannot be read, in words. */
function read(typed: Typed): OfferedTimes | string {
  const { clinician_id, type, from_day, until_day, staff_only } = typed;
  const about = { clinician_id, type, from_day, until_day, staff_only };
  const numbers = {
    length_min: Math.round(Number(typed.length_min)),
    pause_min: Math.round(Number(typed.pause_min)),
    capacity: Math.round(Number(typed.capacity)),
  };
  try {
    return {
      ...about,
      ...numbers,
      windows: readWeek(typed.week),
      absences: readAway(typed.away),
      extras: readExtras(typed.extras),
    };
  } catch (error) {
    if (error instanceof UnreadableError) return t("times.unreadable", { what: error.what });
    throw error;
  }
}

/** Each thing that is wrong, as the service told it. */
function faultWords(refusal: Refusal): string[] {
  const faults = refusal.code === "schedule_invalid" ? (refusal.data.faults as { code: string; where: string }[]) : [];
  const said = faults.map(({ code, where }) => {
    const key = `times.fault_${code}`;
    return hasWords(key) ? t(key, { where }) : code;
  });
  return said.length > 0 ? said : [timesWords(refusal)];
}
