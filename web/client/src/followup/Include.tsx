/** Including a patient: who it is, the programme's criteria, consent, goals in their words, and who answers for what. */
import { useEffect, useState } from "preact/hooks";
import { type Connection, Refusal } from "../base/connection";
import { newId } from "../base/id";
import { t } from "../base/words";
import { keepRefusal } from "../desk/asking";
import { inMine } from "../form/text";
import { NumberField } from "../register/NumberField";
import { findPersons, findWords } from "../staff/find";
import { Protected } from "../staff/Protected";
import { refusalWords } from "../staff/refusal_words";
import type { FoundPerson, IncludePatient, ProgrammeShown } from "../wire";

interface Props {
  unit_id: string;
  connection: Connection;
  done(): void;
}

type Party = IncludePatient["referred_by"];
const PARTIES: readonly Party[] = ["hospital", "gp", "home_care", "patient", "centre"];
const LANGS: readonly IncludePatient["told_in"][] = ["sv", "nb", "en"];
const LANG_NAMES = { sv: "svenska", nb: "norsk", en: "English" };
const today = () => new Date().toISOString().slice(0, 10);

export function Include({ unit_id, connection, done }: Props) {
  const [number, setNumber] = useState("");
  const [found, setFound] = useState<readonly FoundPerson[] | null>(null);
  const [programmes, setProgrammes] = useState<readonly ProgrammeShown[]>([]);
  const [wrong, setWrong] = useState("");
  useEffect(() => {
    void connection
      .call("followup:programmes", { unit_id })
      .then((told) => setProgrammes(told.programmes))
      .catch((error: unknown) => setWrong(refusalWords(keepRefusal(error).code)));
  }, [connection, unit_id]);
  const find = async () => {
    const told = await findPersons(connection, number);
    setFound(told instanceof Refusal ? null : told);
    setWrong(told instanceof Refusal ? findWords(told) : "");
  };
  const [person] = found ?? [];
  return (
    <section class="desk-card">
      <h2>{t("followup.include")}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (number.trim()) void find();
        }}
      >
        <NumberField value={number} looksUp change={setNumber} />
        <button type="submit" class="ds-button" data-variant="secondary">
          {t("followup.find")}
        </button>{" "}
        <button type="button" class="staff-quiet" onClick={done}>
          {t("followup.back_to_list")}
        </button>
      </form>
      {wrong && (
        <p role="alert" class="staff-problem">
          {wrong}
        </p>
      )}
      {found?.length === 0 && <p role="status">{t("followup.found_nobody")}</p>}
      {person && programmes.length > 0 && (
        <Form person={person} programmes={programmes} unit_id={unit_id} connection={connection} done={done} />
      )}
    </section>
  );
}

interface FormProps extends Props {
  person: FoundPerson;
  programmes: readonly ProgrammeShown[];
}

function Form({ person, programmes, unit_id, connection, done }: FormProps) {
  const [name, setName] = useState(programmes[0]?.programme ?? "");
  const [wrong, setWrong] = useState("");
  const [once] = useState(newId);
  const programme = programmes.find((one) => one.programme === name);
  if (!programme) return null;
  const send = async (form: FormData) => {
    const asked = { ...inclusionOf(programme, form), client_id: once, unit_id, person_id: person.person_id };
    const told = await connection.insist("followup:include", asked).catch(keepRefusal);
    if (!(told instanceof Refusal)) return done();
    const where = String(told.data.where ?? told.data.field ?? "").replace(/^\$\./, "");
    setWrong(where ? t("followup.wrong", { where }) : refusalWords(told.code));
  };
  return (
    <form
      class="follow-up-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send(new FormData(event.currentTarget));
      }}
    >
      <h3>{person.name}</h3>
      {person.protection && <Protected protection={person.protection} />}
      <label class="staff-field">
        {t("followup.programme")}
        <select class="ds-input" name="programme" value={name} onChange={(event) => setName(event.currentTarget.value)}>
          {programmes.map((one) => (
            <option key={one.programme} value={one.programme}>
              {inMine(one.name)}
            </option>
          ))}
        </select>
      </label>
      <p>{inMine(programme.target_group)}</p>
      {!programme.confirmed && <p class="staff-problem">{t("followup.unconfirmed")}</p>}
      {[true, false].map((must) => (
        <fieldset key={String(must)} class="follow-up-checks">
          <legend>{t(must ? "followup.must_hold" : "followup.must_not")}</legend>
          {programme.criteria
            .filter((one) => one.must_hold === must)
            .map((one) => (
              <label key={one.criterion}>
                <input type="checkbox" name={one.criterion} /> {inMine(one.wording)}
              </label>
            ))}
        </fieldset>
      ))}
      <Choice name="referred_by" options={PARTIES.map((one) => [one, t(`followup.party_${one}`)])} />
      <label class="staff-field">
        {t("followup.goals_in_words")}
        <textarea class="ds-input" name="goals" rows={3} maxLength={2000} />
      </label>
      <Choice
        name="consent"
        options={(["spoken", "written"] as const).map((one) => [one, t(`followup.consent_${one}`)])}
      />
      <label class="staff-field">
        {t("followup.consent_on")}
        <input class="ds-input" type="date" name="consent_on" defaultValue={today()} />
      </label>
      {programme.parties.map((party) => (
        <label key={party} class="staff-field">
          {t("followup.owner", { party: t(`followup.party_${party}`) })}
          <input class="ds-input" type="text" name={`owner_${party}`} maxLength={200} autocomplete="off" />
        </label>
      ))}
      <Choice name="told_in" options={LANGS.map((one) => [one, LANG_NAMES[one]])} />
      {wrong && (
        <p role="alert" class="staff-problem">
          {wrong}
        </p>
      )}
      <button type="submit" class="ds-button">
        {t("followup.do_include")}
      </button>
    </form>
  );
}

function Choice({ name, options }: { name: "referred_by" | "consent" | "told_in"; options: [string, string][] }) {
  return (
    <label class="staff-field">
      {t(`followup.${name}`)}
      <select class="ds-input" name={name}>
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What is sent: a criterion that is not ticked does not hold. */
function inclusionOf(programme: ProgrammeShown, form: FormData) {
  const said = (name: string) => String(form.get(name) ?? "").trim();
  return {
    programme: programme.programme,
    referred_by: said("referred_by") as Party,
    criteria: programme.criteria.map(({ criterion }) => ({ criterion, holds: form.get(criterion) !== null })),
    consent: said("consent") as IncludePatient["consent"],
    consent_on: said("consent_on"),
    goals: said("goals"),
    owners: programme.parties.map((party) => ({ party, name: said(`owner_${party}`) })),
    told_in: said("told_in") as IncludePatient["told_in"],
  };
}
