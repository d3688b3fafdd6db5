/** A free time for a patient: found by identity number, as everywhere; the number goes in a body and is kept nowhere. */
import { useRef, useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { newId } from "../base/id";
import { Refusal } from "../base/refusal";
import { LANGUAGES, type Language, lang, t } from "../base/words";
import { momentWords } from "../booking/when";
import { keepRefusal } from "../desk/asking";
import { NumberField } from "../register/NumberField";
import { Dialog, DialogFoot } from "../staff/Dialog";
import { findPersons, findWords } from "../staff/find";
import { Protected } from "../staff/Protected";
import type { DayTime, FoundPerson } from "../wire";
import { timesWords } from "./Day";

const NAMES: Record<Language, string> = { sv: "Svenska", nb: "Norsk", en: "English" };

interface BookProps {
  unit_id: string;
  connection: Connection;
  time: DayTime;
  zone: string;
  close(): void;
  done(): void;
}

export function BookDialog({ unit_id, connection, time, zone, close, done }: BookProps) {
  const [person, setPerson] = useState<FoundPerson | null>(null);
  const at = momentWords(time.starts_at, zone);
  return (
    <Dialog title={t("times.book_title", { at })} close={close}>
      {person ? (
        <Give unit_id={unit_id} connection={connection} time={time} person={person} close={close} done={done} />
      ) : (
        <Find connection={connection} choose={setPerson} close={close} />
      )}
    </Dialog>
  );
}

interface FindProps {
  connection: Connection;
  choose(person: FoundPerson): void;
  close(): void;
}

function Find({ connection, choose, close }: FindProps) {
  const [number, setNumber] = useState("");
  const [found, setFound] = useState<readonly FoundPerson[] | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const search = async () => {
    const told = await findPersons(connection, number);
    setRefusal(told instanceof Refusal ? told : null);
    setFound(told instanceof Refusal ? null : told);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (number.trim()) void search();
      }}
    >
      <NumberField value={number} looksUp change={setNumber} />
      <div role="status">
        {refusal && <p class="staff-problem">{findWords(refusal)}</p>}
        {found?.length === 0 && <p>{t("staff.find_nobody")}</p>}
        {found?.map((person) => (
          <p key={person.person_id} class="times-found">
            <button type="button" class="ds-button" onClick={() => choose(person)}>
              {t("times.book_for", { name: person.name })}
            </button>{" "}
            {[t("staff.age_years", { n: person.age_y }), person.unit].filter(Boolean).join(" · ")}{" "}
            {person.protection && <Protected protection={person.protection} />}
          </p>
        ))}
      </div>
      <DialogFoot does={t("staff.find_do")} ready={number.trim() !== ""} close={close} />
    </form>
  );
}

interface GiveProps extends Omit<BookProps, "zone"> {
  person: FoundPerson;
}

function Give({ unit_id, connection, time, person, close, done }: GiveProps) {
  const [language, setLanguage] = useState<Language>(lang.value);
  const [phone, setPhone] = useState("");
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const client_id = useRef(newId());
  const calls = time.type === "phone";
  const give = async () => {
    setBusy(true);
    const request = { client_id: client_id.current, unit_id, person_id: person.person_id, lang: language, phone };
    const { schedule_id, starts_at } = time;
    const told = await connection.insist("booking:give", { ...request, schedule_id, starts_at }).catch(keepRefusal);
    setBusy(false);
    if (!("booking_id" in told)) return setRefusal(told);
    close();
    done();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void give();
      }}
    >
      <p>{t("times.book_for", { name: person.name })}</p>
      <label class="staff-field">
        {t("times.lang")}
        <select
          class="ds-input"
          value={language}
          onChange={(event) => setLanguage(event.currentTarget.value as Language)}
        >
          {LANGUAGES.map((one) => (
            <option key={one} value={one} lang={one}>
              {NAMES[one]}
            </option>
          ))}
        </select>
      </label>
      {calls && (
        <label class="staff-field">
          {t("times.phone")}
          <input
            class="ds-input"
            type="tel"
            autocomplete="off"
            maxLength={26}
            required
            value={phone}
            onInput={(event) => setPhone(event.currentTarget.value)}
          />
        </label>
      )}
      {refusal && (
        <p role="alert" class="staff-problem">
          {timesWords(refusal)}
        </p>
      )}
      <DialogFoot does={t("times.book_do")} ready={!calls || phone.trim() !== ""} busy={busy} close={close} />
    </form>
  );
}
