/** A unit's schedules: what each offers, in lines; who leads the unit makes, changes and ends them. */
import { useEffect, useState } from "preact/hooks";
import { AskOnce } from "../base/AskOnce";
import { newId } from "../base/id";
import type { Refusal } from "../base/refusal";
import { t } from "../base/words";
import { keepRefusal, useAsking } from "../desk/asking";
import type { OfferedTimes, ScheduleList, ShownSchedule } from "../wire";
import { type AtUnit, timesWords } from "./Day";
import { ScheduleForm } from "./ScheduleForm";
import { linesOf } from "./schedule_text";

type Editing = ShownSchedule | "new" | null;

export function Schedules({ unit_id, connection, leads }: AtUnit & { leads: boolean }) {
  const list = useAsking<ScheduleList>();
  const [editing, setEditing] = useState<Editing>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  useEffect(() => connection.onUp(() => void list.ask(connection.call("schedule:list", { unit_id }))), [connection]);
  const change = async (doing: Promise<ScheduleList>): Promise<Refusal | null> => {
    const told = await doing.catch(keepRefusal);
    if (!("schedules" in told)) return told;
    await list.ask(Promise.resolve(told));
    return null;
  };
  const save = async (schedule: OfferedTimes, client_id: string) => {
    const schedule_id = editing && editing !== "new" ? editing.schedule_id : "";
    const refused = await change(connection.insist("schedule:set", { client_id, unit_id, schedule, schedule_id }));
    if (!refused) setEditing(null);
    return refused;
  };
  const end = async (schedule_id: string) =>
    setRefusal(await change(connection.insist("schedule:end", { client_id: newId(), unit_id, schedule_id })));
  const { answer } = list;
  const wrong = refusal ?? list.refusal;
  return (
    <>
      <p>{t("times.schedules_lead")}</p>
      {!leads && <p class="staff-small">{t("times.lead_only")}</p>}
      {wrong && (
        <p role="alert" class="staff-problem">
          {timesWords(wrong)}
        </p>
      )}
      {leads && answer && editing === null && (
        <p>
          <button type="button" class="ds-button" onClick={() => setEditing("new")}>
            {t("times.schedule_new")}
          </button>
        </p>
      )}
      {answer && editing && (
        <ScheduleForm
          was={editing === "new" ? null : editing.schedule}
          receivers={answer.receivers}
          save={save}
          close={() => setEditing(null)}
        />
      )}
      <p role="status">{answer?.schedules.length === 0 && !editing ? t("times.none_schedules") : ""}</p>
      {answer?.schedules.map((one) => (
        <Schedule
          key={one.schedule_id}
          shown={one}
          name={answer.receivers.find((who) => who.clinician_id === one.schedule.clinician_id)?.name ?? ""}
          edit={leads && editing === null ? () => setEditing(one) : null}
          end={() => void end(one.schedule_id)}
        />
      ))}
    </>
  );
}

interface ScheduleProps {
  shown: ShownSchedule;
  name: string;
  edit: (() => void) | null;
  end(): void;
}

function Schedule({ shown: { schedule_id, schedule }, name, edit, end }: ScheduleProps) {
  const what = t("times.schedule_is", {
    name: name || t("times.someone"),
    type: t(`times.type_${schedule.type}`).toLowerCase(),
  });
  return (
    <section class="desk-card" data-schedule={schedule_id}>
      <h2>{what}</h2>
      <ul class="times-lines">
        {linesOf(schedule).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {edit && (
        <p class="times-acts">
          <button
            type="button"
            class="ds-button"
            data-variant="secondary"
            aria-label={t("times.schedule_change_of", { what })}
            onClick={edit}
          >
            {t("times.schedule_change")}
          </button>
          <AskOnce
            does={t("times.schedule_end")}
            really={t("times.schedule_end_really")}
            label={(does) => t("times.schedule_end_of", { does, what })}
            act={end}
          />
        </p>
      )}
    </section>
  );
}
