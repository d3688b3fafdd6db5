/** Finding looks. The number goes to the server in a body and is kept nowhere on the page. */
import { useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { t } from "../base/words";
import { useAsking } from "../desk/asking";
import { findWords } from "../staff/find";
import { roleWords } from "../staff/roles";
import type { AuditedLook, AuditScope, FoundLooks, SearchLooks } from "../wire";
import { Choice, Day } from "./Choice";
import { LookDialog } from "./LookDialog";
import { LookRow } from "./LookRow";
import { basisWords, beginOf, endOf, stratumWords } from "./words_of";

const BASES = ["unit", "care", "consent", "shared", "emergency"];
export const STRATA = ["refused", "emergency", "self", "colleague", "protected", "surname", "door", "other"] as const;
type Stratum = (typeof STRATA)[number];
const EMPTY = { number: "", staff: "", at_unit: "", from: "", until: "", basis: "", stratum: "" as Stratum | "" };
type Asked = typeof EMPTY;

export interface OfAudit {
  connection: Connection;
  scope: AuditScope;
}

export function Looks({ connection, scope }: OfAudit) {
  const [asked, setAsked] = useState(EMPTY);
  const [searched, setSearched] = useState<SearchLooks | null>(null);
  const [found, setFound] = useState<readonly AuditedLook[]>([]);
  const [shown, setShown] = useState<string | null>(null);
  const { answer, refusal, busy, ask } = useAsking<FoundLooks>();
  const search = async () => {
    const question = questionOf(asked);
    setSearched(question);
    setFound([]);
    const told = await ask(connection.call("audit:search", question));
    if (told) setFound(told.looks);
  };
  const more = async () => {
    if (!searched || !answer?.next) return;
    const told = await ask(connection.call("audit:search", { ...searched, page: answer.next }));
    if (told) setFound([...found, ...told.looks]);
  };
  return (
    <>
      <Filters scope={scope} asked={asked} change={setAsked} search={() => void search()} busy={busy} />
      <div role="status">
        {refusal && <p class="staff-problem">{findWords(refusal)}</p>}
        {!refusal && answer && found.length === 0 && <p>{t("audit.none")}</p>}
      </div>
      {found.length > 0 && (
        <section class="desk-card" aria-labelledby="audit-found" aria-busy={busy}>
          <h2 id="audit-found">{t("audit.looks", { n: found.length })}</h2>
          <ul class="audit-looks">
            {found.map((look) => (
              <li key={look.look_id}>
                <LookRow look={look} show={setShown} />
              </li>
            ))}
          </ul>
          {answer?.next && (
            <button type="button" class="ds-button" data-variant="secondary" onClick={() => void more()}>
              {t("audit.more")}
            </button>
          )}
        </section>
      )}
      {shown && <LookDialog connection={connection} look_id={shown} close={() => setShown(null)} />}
    </>
  );
}

function questionOf({ from, until, ...same }: Asked): SearchLooks {
  return { ...same, number: same.number.trim(), since: beginOf(from), until: endOf(until), page: "" };
}

interface FiltersProps {
  scope: AuditScope;
  asked: Asked;
  busy: boolean;
  change(asked: Asked): void;
  search(): void;
}

function Filters({ scope, asked, busy, change, search }: FiltersProps) {
  const set = (part: Partial<Asked>) => change({ ...asked, ...part });
  return (
    <section class="desk-card" aria-labelledby="audit-filters">
      <h2 id="audit-filters">{t("audit.filters")}</h2>
      <form
        class="desk-form"
        onSubmit={(event) => {
          event.preventDefault();
          search();
        }}
      >
        <label class="staff-field">
          {t("audit.number")}
          <input
            class="ds-input"
            type="text"
            autocomplete="off"
            spellcheck={false}
            maxLength={24}
            aria-describedby="audit-number-help"
            value={asked.number}
            onInput={(event) => set({ number: event.currentTarget.value })}
          />
          <span id="audit-number-help" class="staff-small">
            {t("audit.number_help")}
          </span>
        </label>
        <Choice
          label={t("audit.staff")}
          value={asked.staff}
          options={staffOf(scope)}
          choose={(staff) => set({ staff })}
        />
        <Choice
          label={t("audit.unit")}
          value={asked.at_unit}
          options={unitsOf(scope)}
          choose={(at_unit) => set({ at_unit })}
        />
        <Day label={t("audit.from")} value={asked.from} choose={(from) => set({ from })} />
        <Day label={t("audit.until")} value={asked.until} choose={(until) => set({ until })} />
        <Choice
          label={t("audit.basis")}
          value={asked.basis}
          options={BASES.map((one) => [one, basisWords(one)])}
          choose={(basis) => set({ basis })}
        />
        <Choice
          label={t("audit.stratum")}
          value={asked.stratum}
          options={STRATA.map((one) => [one, stratumWords(one)])}
          choose={(chosen) => set({ stratum: STRATA.find((one) => one === chosen) ?? "" })}
        />
        <div class="desk-form-foot">
          <button type="submit" class="ds-button" aria-busy={busy}>
            {t("audit.search")}
          </button>
        </div>
      </form>
    </section>
  );
}

export const unitsOf = (scope: AuditScope) => scope.units.map((one) => [one.unit_id, one.unit] as const);

/** Everybody once, with every role they hold. */
function staffOf(scope: AuditScope): [string, string][] {
  const held = new Map<string, { name: string; roles: Set<string> }>();
  for (const one of scope.staff) {
    const known = held.get(one.staff_id) ?? { name: one.name || one.staff_id, roles: new Set<string>() };
    known.roles.add(roleWords(one.role));
    held.set(one.staff_id, known);
  }
  return [...held].map(([id, { name, roles }]) => [id, `${name}, ${[...roles].join(", ")}`]);
}
