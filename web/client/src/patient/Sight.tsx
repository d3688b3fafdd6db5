/** Who may see the patient's contacts: what each unit knows and whether it is blocked, and the doors open now. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { newId } from "../base/id";
import { locale, t } from "../base/words";
import type { DoorToMine, OwnAccess, UnitKnows } from "../wire";
import { Page, Wrong } from "./Page";
import { Fetching } from "./SignIn";
import { line } from "./session";
import { back } from "./steps";
import "./sight.css";
import "./sight_words";

const LOOK_EVERY_MS = 10_000;

type Trouble = "failed" | "not_saved";

export function Sight() {
  const access = useAccess();
  const { own, trouble } = access;
  return (
    <Page name="sight" title={t("sight.title")} lead={t("sight.lead")} onBack={back}>
      {trouble && <Wrong>{t(`sight.${trouble}`)}</Wrong>}
      <p role="status" class="ds-sr-only">
        {access.said}
      </p>
      {own ? <Known own={own} access={access} /> : !trouble && <Fetching />}
    </Page>
  );
}

interface Access {
  own: OwnAccess | null;
  trouble: Trouble | null;
  /** What has just been done, for who listens. */
  said: string;
  /** The unit or door that is being changed. */
  busy: string | null;
  block(unit: UnitKnows): Promise<void>;
  end(door: DoorToMine): Promise<void>;
}

/** What the server says, asked again now and then: a door may open while one looks. */
function useAccess(): Access {
  const own = useSignal<OwnAccess | null>(null);
  const trouble = useSignal<Trouble | null>(null);
  const said = useSignal("");
  const busy = useSignal<string | null>(null);
  const look = async () => {
    const answer = await line().call("access:mine", {}).catch(none);
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
    said.value = await act().catch(() => {
      trouble.value = "not_saved";
      return "";
    });
    busy.value = null;
  };
  const block = (unit: UnitKnows) =>
    change(unit.unit_id, async () => {
      const asked = { client_id: newId(), unit_id: unit.unit_id, blocked: !unit.blocked };
      own.value = await line().insist("access:block", asked);
      return t(asked.blocked ? "sight.blocked_now" : "sight.open_now");
    });
  const end = (door: DoorToMine) =>
    change(door.door_id, async () => {
      await line().insist("access:close", { client_id: newId(), door_id: door.door_id });
      own.value = await line().insist("access:mine", {});
      return t("sight.ended", { unit: door.from_unit });
    });
  return { own: own.value, trouble: trouble.value, said: said.value, busy: busy.value, block, end };
}

const none = () => null;

function Known({ own, access }: { own: OwnAccess; access: Access }) {
  return (
    <>
      <section class="sight-part" aria-labelledby="sight-doors">
        <h2 id="sight-doors">{t("sight.doors")}</h2>
        {own.doors.length === 0 && <p>{t("sight.no_doors")}</p>}
        {own.doors.map((door) => (
          <Door key={door.door_id} door={door} access={access} />
        ))}
      </section>
      <section class="sight-part" aria-labelledby="sight-units">
        <h2 id="sight-units">{t("sight.units")}</h2>
        {own.units.length === 0 && <p>{t("sight.no_units")}</p>}
        {own.units.map((unit) => (
          <Unit key={unit.unit_id} unit={unit} access={access} />
        ))}
        {own.units.length > 0 && <WhatBlockingMeans />}
      </section>
    </>
  );
}

function Door({ door, access }: { door: DoorToMine; access: Access }) {
  const time = new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" });
  return (
    <article class="sight-card" data-door={door.basis}>
      <h3>{door.from_unit}</h3>
      <p>{door.opens_unit ? t("sight.sees_unit", { unit: door.opens_unit }) : t("sight.sees_all")}</p>
      <p>{t(`sight.why_${door.basis}`)}</p>
      <p>{t("sight.until", { time: time.format(new Date(door.until)) })}</p>
      {door.basis !== "shared" && (
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

function Unit({ unit, access }: { unit: UnitKnows; access: Access }) {
  const id = `unit-${unit.unit_id}`;
  const isBusy = access.busy === unit.unit_id;
  return (
    <article class="sight-card" data-blocked={unit.blocked}>
      <h3 id={`${id}-name`}>{unit.unit}</h3>
      {unit.provider && <p class="hint">{t("sight.part_of", { provider: unit.provider })}</p>}
      <label class="sight-switch">
        <input
          type="checkbox"
          role="switch"
          class="ds-input"
          aria-describedby={`${id}-name ${id}-now`}
          aria-busy={isBusy}
          checked={unit.blocked}
          aria-checked={unit.blocked}
          onClick={(event) => {
            event.preventDefault(); // it turns when the server has said so
            void access.block(unit);
          }}
        />
        <span>{t("sight.block")}</span>
      </label>
      <p id={`${id}-now`}>{isBusy ? t("sight.saving") : t(unit.blocked ? "sight.blocked_now" : "sight.open_now")}</p>
    </article>
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
