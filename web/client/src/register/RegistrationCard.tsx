/** One person as the register has them, and what an administrator may change of that. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { t } from "../base/words";
import { Protected } from "../staff/Protected";
import type { PersonChange, RegisteredProxy, Registration, Registrations } from "../wire";
import { ChangeCard } from "./ChangeCard";
import { ChangeDialog } from "./ChangeDialog";
import { basisWords, dayWords, standsWords } from "./change_words";

interface CardProps {
  person: Registration;
  list: Registrations;
  connection: Connection;
  show(person: Registration): void;
  close(): void;
}
/** What begins a change; `name` is the other's, where there is one from the start. */
type Begin = (change: Partial<PersonChange> & Pick<PersonChange, "kind">, name?: string) => void;

const BLANK = { other_id: "", protection: null, basis: null, shares_address: false, until: "", wrong: false } as const;

export function RegistrationCard({ person, list, connection, show, close }: CardProps) {
  const [begun, setBegun] = useState<{ change: PersonChange; name: string } | null>(null);
  const begin: Begin = (change, name = "") =>
    setBegun({ change: { ...BLANK, person_id: person.person_id, ...change }, name });
  const sex = person.sex && t(`staff.sex_${person.sex}`);
  return (
    <section class="desk-card register-person" aria-label={person.name}>
      <div class="desk-form-foot">
        <h2>{person.name}</h2>
        {person.protection && <Protected protection={person.protection} />}
        <button type="button" class="ds-button" data-variant="secondary" onClick={close}>
          {t("register.back")}
        </button>
      </div>
      <p>{[dayWords(person.born_on), sex, person.unit].filter(Boolean).join(" · ")}</p>
      {person.merged_into ? (
        <Part title={t("register.is_merged")}>
          <Do kind="part" begin={begin} />
        </Part>
      ) : (
        <>
          <Numbers person={person} begin={begin} />
          <Part title={t("register.protection")}>
            <div class="desk-form-foot">
              <Do kind="protect" begin={begin} />
              {person.protection && <Do kind="lift" begin={begin} />}
            </div>
          </Part>
          <Proxies person={person} list={list} begin={begin} />
          <Merged person={person} connection={connection} show={show} begin={begin} />
        </>
      )}
      {person.changes.length > 0 && (
        <Part title={t("register.changes")}>
          {person.changes.map((one) => (
            <ChangeCard key={one.change_id} told={one} connection={connection} show={show} />
          ))}
        </Part>
      )}
      {begun && (
        <ChangeDialog
          {...begun}
          person={person}
          list={list}
          connection={connection}
          close={() => setBegun(null)}
          show={show}
        />
      )}
    </section>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="register-part" aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

type Simple = "part" | "protect" | "lift" | "merge" | "number" | "end_number";

function Do({ kind, begin }: { kind: Simple; begin: Begin }) {
  return (
    <button type="button" class="ds-button" data-variant="secondary" onClick={() => begin({ kind })}>
      {t(`register.begin_${kind}`)}
    </button>
  );
}

function Numbers({ person, begin }: { person: Registration; begin: Begin }) {
  return (
    <Part title={t("register.numbers")}>
      {person.numbers.length === 0 && <p>{t("register.numbers_none")}</p>}
      <ul>
        {person.numbers.map((one) => (
          <li key={`${one.kind}${one.since}`}>
            {t(`register.kind_${one.kind}`)},{" "}
            {t(one.until ? "register.from_to" : "register.from", {
              from: dayWords(one.since),
              to: dayWords(one.until),
            })}
          </li>
        ))}
      </ul>
      <div class="desk-form-foot">
        <Do kind="number" begin={begin} />
        {person.numbers.some((one) => !one.until) && <Do kind="end_number" begin={begin} />}
      </div>
    </Part>
  );
}

function Proxies({ person, list, begin }: { person: Registration; list: Registrations; begin: Begin }) {
  const add = () => begin({ kind: "proxy", basis: list.rules[0]?.basis ?? null });
  return (
    <Part title={t("register.proxies")}>
      {person.proxies.length === 0 && <p>{t("register.proxies_none")}</p>}
      <ul class="register-rows">
        {person.proxies.map((one) => (
          <li key={`${one.person_id}${one.proxy_id}${one.basis}`}>
            <span>{proxyWords(person, one)}</span>
            {one.person_id === person.person_id && (
              <button
                type="button"
                class="ds-button"
                data-variant="secondary"
                onClick={() => begin({ kind: "end_proxy", other_id: one.proxy_id, basis: one.basis }, one.name)}
              >
                {t("register.begin_end_proxy")}
              </button>
            )}
          </li>
        ))}
      </ul>
      <div class="desk-form-foot">
        <button type="button" class="ds-button" data-variant="secondary" onClick={add}>
          {t("register.begin_proxy")}
        </button>
      </div>
    </Part>
  );
}

function proxyWords(person: Registration, one: RegisteredProxy): string {
  const of = one.person_id === person.person_id ? "register.stands_for_them" : "register.they_stand_for";
  const who = t(of, { name: one.name || t("register.somebody"), basis: basisWords(one.basis) });
  return `${who} ${standsWords(one)}`;
}

interface MergedProps {
  person: Registration;
  connection: Connection;
  show(person: Registration): void;
  begin: Begin;
}

function Merged({ person, connection, show, begin }: MergedProps) {
  const open = async (person_id: string) => show(await connection.call("register:show", { person_id }));
  return (
    <Part title={t("register.registrations")}>
      <ul class="register-rows">
        {person.merged.map((one) => (
          <li key={one.person_id}>
            <span>{t("register.was", { name: one.name })}</span>
            <button
              type="button"
              class="ds-button"
              data-variant="secondary"
              aria-label={t("register.open_whom", { name: one.name })}
              onClick={() => void open(one.person_id)}
            >
              {t("register.open")}
            </button>
          </li>
        ))}
      </ul>
      <div class="desk-form-foot">
        <Do kind="merge" begin={begin} />
      </div>
    </Part>
  );
}
