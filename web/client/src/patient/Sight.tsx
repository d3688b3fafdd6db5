/**
 * Who may see the patient's contacts, or those of somebody they stand for: what each unit knows and whether it is
 * blocked, and the doors open now. Whoever may not block for a child sees the same and no switch.
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { newId } from "../base/id";
import { locale, t } from "../base/words";
import type { DoorToMine, OwnAccess, ProviderKnows, StaffKnows, UnitKnows } from "../wire";
import { Page, Wrong } from "./Page";
import { Fetching } from "./SignIn";
import { line, me } from "./session";
import { back } from "./steps";
import { WhoHasRead } from "./WhoHasRead";
import "./sight.css";
import "./sight_words";

const LOOK_EVERY_MS = 10_000;

type Trouble = "failed" | "not_saved";

export function Sight() {
  const whose = useSignal("");
  return <SightOf key={whose.value} whose={whose.value} choose={(person_id) => (whose.value = person_id)} />;
}

interface SightProps {
  /** Somebody the patient stands for; empty: themselves. */
  whose: string;
  choose(person_id: string): void;
}

function SightOf({ whose, choose }: SightProps) {
  const access = useAccess(whose);
  const { own, trouble } = access;
  return (
    <Page name="sight" title={said(whose, "title")} lead={said(whose, "lead")} onBack={back}>
      {trouble && <Wrong>{t(`sight.${trouble}`)}</Wrong>}
      <p role="status" class="ds-sr-only">
        {access.told}
      </p>
      <Whose whose={whose} choose={choose} />
      {own ? <Known own={own} access={access} /> : !trouble && <Fetching />}
      {own && <WhoHasRead for_person={whose} />}
    </Page>
  );
}

type Said =
  | "title"
  | "lead"
  | "units"
  | "no_units"
  | "sees_all"
  | "blocked_now"
  | "open_now"
  | `why_${DoorToMine["basis"]}`;

/** What is said to whom it concerns, or to who stands for them. */
function said(whose: string, what: Said): string {
  const name = me.value?.represents.find((one) => one.person_id === whose)?.name ?? "";
  return whose ? t(`sight.${what}_other`, { name }) : t(`sight.${what}`);
}

/** Oneself, and each of those one stands for now. */
function Whose({ whose, choose }: SightProps) {
  const represented = me.value?.represents ?? [];
  if (represented.length === 0) return null;
  const all = [{ person_id: "", name: t("sight.whose_self") }, ...represented];
  return (
    <fieldset class="plain">
      <legend class="ds-label">{t("sight.whose")}</legend>
      <div class="segments">
        {all.map(({ person_id, name }) => (
          <label key={person_id} class="segment">
            <input type="radio" name="sight-whose" checked={person_id === whose} onChange={() => choose(person_id)} />
            <span>{name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface Access {
  /** Whom it is about; empty: oneself. */
  whose: string;
  own: OwnAccess | null;
  trouble: Trouble | null;
  /** What has just been done, for who listens. */
  told: string;
  /** The unit, care giver or door that is being changed. */
  busy: string | null;
  block(what: Shut): Promise<void>;
  end(door: DoorToMine): Promise<void>;
}

/** What the server says, asked again now and then: a door may open while one looks. */
function useAccess(for_person: string): Access {
  const own = useSignal<OwnAccess | null>(null);
  const trouble = useSignal<Trouble | null>(null);
  const told = useSignal("");
  const busy = useSignal<string | null>(null);
  const look = async () => {
    const answer = await line().call("access:mine", { for_person }).catch(none);
    if (busy.value !== null) return; // older than what is being changed now
    if (answer) own.value = answer;
    else if (!own.value) trouble.value = "failed";
    if (answer && trouble.value === "failed") trouble.value = null;
  };
  useEffect(() => {
    const off = line().onUp(() => void look());
    const timer = setInterval(() => !document.hidden && line().line.value === "up" && void look(), LOOK_EVERY_MS);
    return () => {
      off();
      clearInterval(timer);
    };
  }, []);
  /** One change at a time; what stands there stands until the server has answered. */
  const change = async (id: string, act: () => Promise<string>) => {
    if (busy.value !== null) return;
    busy.value = id;
    trouble.value = null;
    told.value = await act().catch(() => {
      trouble.value = "not_saved";
      return "";
    });
    busy.value = null;
  };
  const block = (was: Shut) =>
    change(idOf(was), async () => {
      const shut = { ...was, blocked: !was.blocked };
      own.value = await line().insist("access:block", { client_id: newId(), for_person, ...shut });
      return nowWords(for_person, shut);
    });
  const end = (door: DoorToMine) =>
    change(door.door_id, async () => {
      await line().insist("access:close", { client_id: newId(), door_id: door.door_id });
      own.value = await line().insist("access:mine", { for_person });
      return t("sight.ended", { unit: door.from_unit });
    });
  return { whose: for_person, own: own.value, trouble: trouble.value, told: told.value, busy: busy.value, block, end };
}

const none = () => null;

/** What is kept, or could be: by a unit from all others, by a care giver from other care givers, or from one of staff. */
interface Shut {
  unit_id?: string;
  provider_id?: string;
  staff_id?: string;
  blocked: boolean;
}

const idOf = ({ unit_id, provider_id, staff_id }: Shut) => unit_id || provider_id || staff_id || "";

function nowWords(whose: string, { unit_id, staff_id, blocked }: Shut): string {
  if (staff_id) return t(blocked ? "sight.staff_blocked" : "sight.staff_open");
  if (unit_id) return said(whose, blocked ? "blocked_now" : "open_now");
  return t(blocked ? "sight.provider_blocked" : "sight.provider_open");
}

function Known({ own, access }: { own: OwnAccess; access: Access }) {
  return (
    <>
      <section class="sight-part" aria-labelledby="sight-doors">
        <h2 id="sight-doors">{t("sight.doors")}</h2>
        {own.doors.length === 0 && <p>{t("sight.no_doors")}</p>}
        {own.doors.map((door) => (
          <Door key={door.door_id} door={door} may={own.may_block} access={access} />
        ))}
      </section>
      <section class="sight-part" aria-labelledby="sight-units">
        <h2 id="sight-units">{said(access.whose, "units")}</h2>
        {own.units.length === 0 && <p>{said(access.whose, "no_units")}</p>}
        {!own.may_block && <p>{t("sight.not_yours")}</p>}
        {own.units.map((unit) => (
          <Unit key={unit.unit_id} unit={unit} may={own.may_block} access={access} />
        ))}
        {own.may_block && own.units.length > 0 && <WhatBlockingMeans />}
      </section>
      {own.providers.length > 0 && (
        <section class="sight-part" aria-labelledby="sight-providers">
          <h2 id="sight-providers">{t("sight.providers")}</h2>
          {own.providers.map((provider) => (
            <Provider key={provider.provider_id} provider={provider} may={own.may_block} access={access} />
          ))}
        </section>
      )}
      {own.staff.length > 0 && (
        <section class="sight-part" aria-labelledby="sight-staff">
          <h2 id="sight-staff">{t("sight.staff")}</h2>
          <p>{t("sight.staff_lead")}</p>
          {own.staff.map((one) => (
            <Staff key={one.staff_id} staff={one} may={own.may_block} access={access} />
          ))}
        </section>
      )}
    </>
  );
}

interface DoorProps {
  door: DoorToMine;
  may: boolean;
  access: Access;
}

function Door({ door, may, access }: DoorProps) {
  const time = new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" });
  return (
    <article class="sight-card" data-door={door.basis}>
      <h3>{door.from_unit}</h3>
      <p>{door.opens_unit ? t("sight.sees_unit", { unit: door.opens_unit }) : said(access.whose, "sees_all")}</p>
      <p>{said(access.whose, `why_${door.basis}`)}</p>
      <p>{t("sight.until", { time: time.format(new Date(door.until)) })}</p>
      {may && door.basis !== "shared" && (
        <button
          type="button"
          class="ds-button"
          data-variant="secondary"
          aria-label={t("sight.end_for", { unit: door.from_unit })}
          aria-busy={access.busy === door.door_id}
          onClick={() => void access.end(door)}
        >
          {t("sight.end")}
        </button>
      )}
    </article>
  );
}

function Unit({ unit, may, access }: { unit: UnitKnows; may: boolean; access: Access }) {
  const { unit_id, blocked, provider } = unit;
  return (
    <article class="sight-card" data-blocked={blocked}>
      <h3 id={`sight-${unit_id}`}>{unit.unit}</h3>
      {provider && <p class="hint">{t("sight.part_of", { provider })}</p>}
      <Switch id={unit_id} shut={{ unit_id, blocked }} may={may} access={access} />
    </article>
  );
}

function Provider({ provider, may, access }: { provider: ProviderKnows; may: boolean; access: Access }) {
  const { provider_id, blocked } = provider;
  return (
    <article class="sight-card" data-provider={provider_id} data-blocked={blocked}>
      <h3 id={`sight-${provider_id}`}>{provider.provider}</h3>
      <Switch id={provider_id} shut={{ provider_id, blocked }} may={may} access={access} />
    </article>
  );
}

function Staff({ staff, may, access }: { staff: StaffKnows; may: boolean; access: Access }) {
  const { staff_id, blocked } = staff;
  return (
    <article class="sight-card" data-staff={staff_id} data-blocked={blocked}>
      <h3 id={`sight-${staff_id}`}>{staff.staff || t("sight.staff_unnamed")}</h3>
      <Switch id={staff_id} shut={{ staff_id, blocked }} may={may} access={access} />
    </article>
  );
}

interface SwitchProps {
  id: string;
  shut: Shut;
  may: boolean;
  access: Access;
}

/** It turns when the server has said so. */
function Switch({ id, shut, may, access }: SwitchProps) {
  const isBusy = access.busy === id;
  return (
    <>
      {may && (
        <label class="sight-switch">
          <input
            type="checkbox"
            role="switch"
            class="ds-input"
            aria-describedby={`sight-${id} sight-${id}-now`}
            aria-busy={isBusy}
            checked={shut.blocked}
            aria-checked={shut.blocked}
            onClick={(event) => {
              event.preventDefault();
              void access.block(shut);
            }}
          />
          <span>{t(shut.unit_id ? "sight.block" : shut.staff_id ? "sight.block_staff" : "sight.block_provider")}</span>
        </label>
      )}
      <p id={`sight-${id}-now`}>{isBusy ? t("sight.saving") : nowWords(access.whose, shut)}</p>
    </>
  );
}

function WhatBlockingMeans() {
  return (
    <details class="ds-details sight-more">
      <summary>{t("sight.what_block")}</summary>
      <ul>
        <li>{t("sight.block_1")}</li>
        <li>{t("sight.block_2")}</li>
        <li>{t("sight.block_3")}</li>
        <li>{t("sight.block_4")}</li>
      </ul>
    </details>
  );
}
