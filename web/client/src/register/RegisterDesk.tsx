/** The desk for the register of persons: who has no number, what waits for a second person, and one person found. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../base/words";
import { useAsking } from "../desk/asking";
import { DeskFrame, type DeskProps } from "../desk/DeskFrame";
import { findWords } from "../staff/find";
import { refusalWords } from "../staff/refusal_words";
import type { Registration, Registrations } from "../wire";
import { ChangeCard } from "./ChangeCard";
import { dayWords } from "./change_words";
import { NewbornDialog } from "./NewbornDialog";
import { NumberField } from "./NumberField";
import { RegistrationCard } from "./RegistrationCard";
import "./words";
import "./register.css";

export function RegisterDesk(props: DeskProps) {
  const { connection } = props;
  const list = useAsking<Registrations>();
  const [person, setPerson] = useState<Registration | null>(null);
  const [born, setBorn] = useState(false);
  const load = () => list.ask(connection.call("register:list", {}));
  useEffect(() => connection.onUp(() => void load()), [connection]);
  const show = (changed: Registration) => {
    setPerson(changed);
    void load();
  };
  const open = async (person_id: string) => setPerson(await connection.call("register:show", { person_id }));
  const told = list.answer;
  return (
    <DeskFrame {...props}>
      <div class="desk-page">
        <h1 class="ds-heading">{t("register.title")}</h1>
        <p>{t("register.lead")}</p>
        <Find connection={connection} found={setPerson} />
        {list.refusal && (
          <p role="alert" class="staff-problem">
            {refusalWords(list.refusal.code)}
          </p>
        )}
        {told && person && (
          <RegistrationCard
            key={person.person_id}
            person={person}
            list={told}
            connection={connection}
            show={show}
            close={() => setPerson(null)}
          />
        )}
        {told && !person && (
          <>
            <Waiting list={told} connection={connection} show={show} />
            <Numberless list={told} open={open} add={() => setBorn(true)} />
          </>
        )}
        {told && born && (
          <NewbornDialog units={told.units} connection={connection} close={() => setBorn(false)} show={show} />
        )}
      </div>
    </DeskFrame>
  );
}

interface FindProps {
  connection: DeskProps["connection"];
  found(person: Registration): void;
}

/** The number goes to the server in a body and is kept nowhere on the page. */
function Find({ connection, found }: FindProps) {
  const [number, setNumber] = useState("");
  const asking = useAsking<unknown>();
  const [nobody, setNobody] = useState(false);
  const search = async () => {
    setNobody(false);
    const answer = await asking.ask(connection.call("register:find", { number }).then((told) => told.registrations));
    const [person] = (answer as readonly Registration[] | null) ?? [];
    if (person) found(person);
    if (person) setNumber("");
    setNobody(answer !== null && !person);
  };
  return (
    <form
      class="desk-card"
      onSubmit={(event) => {
        event.preventDefault();
        if (number.trim()) void search();
      }}
    >
      <NumberField value={number} change={setNumber} />
      <div class="desk-form-foot">
        <button type="submit" class="ds-button" disabled={!number.trim()} aria-busy={asking.busy}>
          {t("staff.find_do")}
        </button>
        <span role="status">
          {nobody && t("staff.find_nobody")}
          {asking.refusal && <span class="staff-problem">{findWords(asking.refusal)}</span>}
        </span>
      </div>
    </form>
  );
}

interface ListProps {
  list: Registrations;
  connection: DeskProps["connection"];
  show(person: Registration): void;
}

function Waiting({ list, connection, show }: ListProps) {
  return (
    <section class="desk-card" aria-labelledby="register-waiting">
      <h2 id="register-waiting">{t("register.waiting")}</h2>
      {list.waiting.length === 0 && <p>{t("register.waiting_none")}</p>}
      {list.waiting.map((one) => (
        <ChangeCard key={one.change_id} told={one} connection={connection} show={show} />
      ))}
    </section>
  );
}

function Numberless({ list, open, add }: { list: Registrations; open(person_id: string): void; add(): void }) {
  return (
    <section class="desk-card" aria-labelledby="register-numberless">
      <h2 id="register-numberless">{t("register.numberless")}</h2>
      {list.numberless.length === 0 && <p>{t("register.numberless_none")}</p>}
      <ul class="register-rows">
        {list.numberless.map((one) => (
          <li key={one.person_id}>
            <span>
              <strong>{one.name}</strong> {[dayWords(one.born_on), one.unit].filter(Boolean).join(" · ")}
            </span>
            <button
              type="button"
              class="ds-button"
              data-variant="secondary"
              aria-label={t("register.open_whom", { name: one.name })}
              onClick={() => open(one.person_id)}
            >
              {t("register.open")}
            </button>
          </li>
        ))}
      </ul>
      <div class="desk-form-foot">
        <button type="button" class="ds-button" onClick={add}>
          {t("register.newborn")}
        </button>
      </div>
    </section>
  );
}
