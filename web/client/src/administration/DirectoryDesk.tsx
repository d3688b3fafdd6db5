/** The desk for the service itself: what waits, units, who works there; and one of them with all that is decided of it. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../base/words";
import { useAsking } from "../desk/asking";
import { DeskFrame, type DeskProps } from "../desk/DeskFrame";
import { refusalWords } from "../staff/refusal_words";
import { roleWords } from "../staff/roles";
import type { DirectoryMember, DirectoryShown, DirectoryUnit } from "../wire";
import { staffKey } from "./function_lines";
import { dayWords, type Names } from "./lines";
import { SheetDialog } from "./SheetDialog";
import { SubjectPage } from "./SubjectPage";
import { blank, fits, nameWords, type Subject } from "./subjects";
import { WaitingCard } from "./WaitingCard";
import "../staff/find.css";
import "../register/register.css";
import "./words";
import "./administration.css";

export function DirectoryDesk(props: DeskProps) {
  const { connection } = props;
  const list = useAsking<DirectoryShown>();
  const [chosen, setChosen] = useState<Subject | null>(null);
  const load = () => void list.ask(connection.call("directory:list", {}));
  useEffect(() => connection.onUp(load), [connection]);
  /** Others change it too, and what is new has to be in the list one comes back to. */
  const choose = (subject: Subject | null) => {
    setChosen(subject);
    load();
  };
  const told = list.answer;
  const units: Names = new Map([
    ...(told?.units ?? []).map((one): [string, string] => [one.unit_id, one.name]),
    ...(told?.staff ?? []).map((one): [string, string] => [staffKey(one.staff_id), one.name]),
  ]);
  return (
    <DeskFrame {...props}>
      <div class="desk-page directory-page">
        <h1 class="ds-heading">{t("administration.title")}</h1>
        {!chosen && <p>{t("administration.lead")}</p>}
        {list.refusal && (
          <p role="alert" class="staff-problem">
            {refusalWords(list.refusal.code)}
          </p>
        )}
        {told && chosen && (
          <SubjectPage
            key={`${chosen.of} ${chosen.of_id}`}
            subject={chosen}
            list={told}
            units={units}
            connection={connection}
            changed={load}
            close={() => choose(null)}
          />
        )}
        {told && !chosen && (
          <>
            <section class="desk-card" aria-labelledby="directory-waiting">
              <h2 id="directory-waiting">{t("administration.waiting")}</h2>
              {told.waiting.length === 0 && <p>{t("administration.waiting_none")}</p>}
              {told.waiting.map((one) => (
                <WaitingCard
                  key={`${one.of} ${one.of_id} ${one.no}`}
                  told={one}
                  units={units}
                  connection={connection}
                  done={load}
                />
              ))}
            </section>
            <div class="directory-lists">
              <Units list={told} units={units} connection={connection} choose={choose} />
              <Staff list={told} units={units} connection={connection} choose={choose} />
            </div>
          </>
        )}
      </div>
    </DeskFrame>
  );
}

interface ListProps {
  list: DirectoryShown;
  units: Names;
  connection: DeskProps["connection"];
  choose(subject: Subject): void;
}

function Units({ list, units, connection, choose }: ListProps) {
  return (
    <section class="desk-card" aria-labelledby="directory-units">
      <h2 id="directory-units">{t("administration.units")}</h2>
      <ul class="register-rows">
        {list.units.map((one) => (
          <Row
            key={one.unit_id}
            name={one.name}
            facts={unitFacts(one)}
            open={() => choose({ of: "unit", of_id: one.unit_id })}
          />
        ))}
      </ul>
      <Add of="unit" words={t("administration.add_unit")} {...{ list, units, connection, choose }} />
      <h3>{t("administration.providers")}</h3>
      <ul class="register-rows">
        {list.providers.map((one) => (
          <Row
            key={one.provider_id}
            name={one.name}
            facts={one.founded_by ? [t("administration.founded_by", { founder: one.founded_by })] : []}
            open={() => choose({ of: "provider", of_id: one.provider_id })}
          />
        ))}
      </ul>
      <Add of="provider" words={t("administration.add_provider")} {...{ list, units, connection, choose }} />
    </section>
  );
}

function unitFacts(one: DirectoryUnit): string[] {
  return [
    t(`administration.kind_${one.kind}`),
    one.takes_chat
      ? t(one.open_now ? "administration.open_now" : "administration.closed_now")
      : t("administration.no_chat"),
    t(one.manned ? "administration.manned" : "administration.not_manned"),
    ...(one.reached ? [] : [t("administration.no_on_call")]),
  ];
}

function Staff({ list, units, connection, choose }: ListProps) {
  const [typed, setTyped] = useState("");
  const found = list.staff.filter((one) => fits(one, typed, roleWords));
  return (
    <section class="desk-card" aria-labelledby="directory-staff">
      <h2 id="directory-staff">{t("administration.staff_list")}</h2>
      <label class="staff-field">
        {t("administration.search")}
        <input
          class="ds-input"
          type="search"
          autocomplete="off"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <p role="status" class="staff-small">
        {found.length === 0 && t("administration.search_none")}
      </p>
      <ul class="register-rows">
        {found.map((one) => (
          <Row
            key={one.staff_id}
            name={nameWords(one.name)}
            facts={memberFacts(one)}
            open={() => choose({ of: "staff", of_id: one.staff_id })}
          />
        ))}
      </ul>
      <Add of="staff" words={t("administration.add_staff")} {...{ list, units, connection, choose }} />
    </section>
  );
}

function memberFacts(one: DirectoryMember): string[] {
  const roles = one.roles.map((held) => `${roleWords(held.role)}, ${held.unit}`);
  const ends = one.ends_on && { day: dayWords(one.ends_on) };
  return [
    ...(roles.length > 0 ? roles : [t("administration.no_roles")]),
    ...one.skills,
    ...one.languages,
    ...(ends ? [t(one.employed ? "administration.employed_until" : "administration.employment_over", ends)] : []),
  ];
}

function Row({ name, facts, open }: { name: string; facts: readonly string[]; open(): void }) {
  return (
    <li>
      <span>
        <strong>{name}</strong> <span class="staff-small">{facts.join(" · ")}</span>
      </span>
      <button
        type="button"
        class="ds-button"
        data-variant="secondary"
        aria-label={t("administration.open_whom", { name })}
        onClick={open}
      >
        {t("administration.open")}
      </button>
    </li>
  );
}

/** One that stands alone, if there is one: what was added adds nobody itself. */
function ownProvider(list: DirectoryShown): string {
  return (list.providers.find((one) => !one.founded_by) ?? list.providers[0])?.provider_id ?? "";
}

function Add({ of, words, list, units, connection, choose }: ListProps & { of: Subject["of"]; words: string }) {
  const [adding, setAdding] = useState(false);
  return (
    <div class="desk-form-foot">
      <button type="button" class="ds-button" onClick={() => setAdding(true)}>
        {words}
      </button>
      {adding && (
        <SheetDialog
          of={of}
          of_id=""
          sheet={of}
          before={{}}
          begins={blank(of, ownProvider(list))}
          base={0}
          list={list}
          units={units}
          connection={connection}
          done={(told) => choose({ of, of_id: told.of_id })}
          close={() => setAdding(false)}
        />
      )}
    </div>
  );
}
