/** What each sheet asks for. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t } from "../base/words";
import { roleWords } from "../staff/roles";
import type {
  CapacitySheet,
  DirectoryShown,
  RolesSheet,
  SheetValues,
  StaffSheet,
  UnitSheet,
  Way,
  WaysSheet,
} from "../wire";
import { FunctionsForm } from "./FunctionsForm";
import { Check, Choice, Field, Group, parted, Small } from "./fields";
import { HoursForm } from "./HoursForm";
import { SilenceForm, TargetsForm } from "./level_forms";
import { HandOverForm, LateForm, RoutingForm } from "./queue_forms";
import { ReadinessForm } from "./ReadinessForm";
import { TemplatesSheetForm } from "./TemplatesSheetForm";

const ROLES = ["nurse", "clinician", "unit_lead", "administrator", "auditor", "integrator"] as const;
const KINDS = ["gp", "municipality", "hospital"] as const;
const WAYS = ["hsa_id", "hpr", "number", "subject"] as const;

interface FormProps {
  sheet: string;
  value: SheetValues;
  list: DirectoryShown;
  /** For something new: which care giver it belongs to may be chosen. */
  fresh: boolean;
  /** Of whom or what it is; empty for something new. */
  of_id: string;
  change(value: SheetValues): void;
}

type Form = (props: FormProps) => ComponentChildren;

/** A sheet of which nothing is known yet has no form, but for roles and ways to sign in: of those there may be none. */
const FORMS: Record<string, Form> = {
  provider: ({ value: { provider }, change }) =>
    provider && (
      <Field
        label={t("administration.name")}
        value={provider.name}
        required
        change={(name) => change({ provider: { ...provider, name } })}
      />
    ),
  unit: ({ value: { unit }, list, fresh, change }) =>
    unit && <UnitForm value={unit} list={list} fresh={fresh} change={(now) => change({ unit: now })} />,
  hours: ({ value: { hours }, change }) =>
    hours && <HoursForm value={hours} change={(now) => change({ hours: now })} />,
  targets: ({ value: { targets }, change }) =>
    targets && <TargetsForm value={targets} change={(now) => change({ targets: now })} />,
  silence: ({ value: { silence }, change }) =>
    silence && <SilenceForm value={silence} change={(now) => change({ silence: now })} />,
  capacity: ({ value: { capacity }, change }) =>
    capacity && <CapacityForm value={capacity} change={(now) => change({ capacity: now })} />,
  on_call: ({ value: { on_call }, change }) =>
    on_call && <OnCallForm value={on_call} change={(now) => change({ on_call: now })} />,
  visits: ({ value: { visits }, change }) =>
    visits && (
      <>
        <Check
          label={t("administration.relay_only")}
          value={visits.relay_only ?? false}
          change={(relay_only) => change({ visits: { ...visits, relay_only } })}
        />
        <Check
          label={t("administration.captions")}
          value={visits.captions ?? false}
          change={(captions) => change({ visits: { ...visits, captions } })}
        />
      </>
    ),
  routing: ({ value: { routing }, list, change }) =>
    routing && <RoutingForm value={routing} list={list} change={(now) => change({ routing: now })} />,
  late: ({ value: { late }, list, change }) =>
    late && <LateForm value={late} list={list} change={(now) => change({ late: now })} />,
  hand_over: ({ value: { hand_over }, change }) =>
    hand_over && <HandOverForm value={hand_over} change={(now) => change({ hand_over: now })} />,
  templates: ({ value: { templates }, change }) =>
    templates && <TemplatesSheetForm value={templates} change={(now) => change({ templates: now })} />,
  readiness: ({ value: { readiness }, list, of_id, change }) =>
    readiness && (
      <ReadinessForm value={readiness} unit_id={of_id} list={list} change={(now) => change({ readiness: now })} />
    ),
  functions: ({ value: { functions }, change }) =>
    functions && <FunctionsForm value={functions} change={(now) => change({ functions: now })} />,
  staff: ({ value: { staff }, list, fresh, change }) =>
    staff && <StaffForm value={staff} list={list} fresh={fresh} change={(now) => change({ staff: now })} />,
  roles: ({ value: { roles }, list, change }) => (
    <RolesForm value={roles ?? {}} list={list} change={(now) => change({ roles: now })} />
  ),
  ways: ({ value: { ways }, change }) => <WaysForm value={ways ?? {}} change={(now) => change({ ways: now })} />,
};

export function SheetForm(props: FormProps) {
  return <>{FORMS[props.sheet]?.(props)}</>;
}

function CapacityForm({ value, change }: { value: CapacitySheet; change(value: CapacitySheet): void }) {
  return (
    <>
      {(["at_once", "with_immediate"] as const).map((name) => (
        <Field
          key={name}
          type="number"
          label={t(`administration.${name}`)}
          value={String(value[name])}
          change={(text) => change({ ...value, [name]: Math.trunc(Number(text)) })}
        />
      ))}
    </>
  );
}

interface UnitProps {
  value: UnitSheet;
  list: DirectoryShown;
  fresh: boolean;
  change(value: UnitSheet): void;
}

function ProviderChoice({ value, list, choose }: { value: string; list: DirectoryShown; choose(id: string): void }) {
  if (list.providers.length < 2) return null;
  return (
    <Choice
      label={t("administration.provider")}
      value={value}
      options={list.providers.map((one) => [one.provider_id, one.name] as const)}
      choose={choose}
    />
  );
}

function UnitForm({ value, list, fresh, change }: UnitProps) {
  const alter = (more: Partial<UnitSheet>) => change({ ...value, ...more });
  return (
    <>
      <Field label={t("administration.name")} value={value.name} required change={(name) => alter({ name })} />
      {fresh && (
        <ProviderChoice value={value.provider_id} list={list} choose={(provider_id) => alter({ provider_id })} />
      )}
      <Choice
        label={t("administration.kind")}
        value={value.kind ?? "gp"}
        options={KINDS.map((kind) => [kind, t(`administration.kind_${kind}`)] as const)}
        choose={(kind) => alter({ kind: kind as UnitSheet["kind"] })}
      />
      <Field
        label={t("administration.phone")}
        type="tel"
        value={value.phone ?? ""}
        change={(phone) => alter({ phone })}
      />
      {!fresh && (
        <Check
          label={t("administration.takes_chat")}
          value={value.takes_chat}
          change={(takes_chat) => alter({ takes_chat })}
        />
      )}
    </>
  );
}

type OnCall = NonNullable<SheetValues["on_call"]>;

function OnCallForm({ value, change }: { value: OnCall; change(value: OnCall): void }) {
  return (
    <>
      <Field
        label={t("administration.sms")}
        type="tel"
        value={value.sms ?? ""}
        change={(sms) => change({ ...value, sms: sms.replaceAll(" ", "") })}
      />
      <Field
        label={t("administration.webhook")}
        type="url"
        value={value.webhook ?? ""}
        change={(webhook) => change({ ...value, webhook: webhook.trim() })}
      />
      <Choice
        label={t("administration.outside_hours")}
        value={value.outside_hours ?? "close"}
        options={[
          ["close", t("administration.outside_close")],
          ["take", t("administration.outside_take")],
        ]}
        choose={(chosen) => change({ ...value, outside_hours: chosen as OnCall["outside_hours"] })}
      />
    </>
  );
}

interface StaffProps {
  value: StaffSheet;
  list: DirectoryShown;
  fresh: boolean;
  change(value: StaffSheet): void;
}

function StaffForm({ value, list, fresh, change }: StaffProps) {
  const [skills, setSkills] = useState((value.skills ?? []).join(" "));
  const [languages, setLanguages] = useState((value.languages ?? []).join(" "));
  const alter = (more: Partial<StaffSheet>) => change({ ...value, ...more });
  return (
    <>
      <Field label={t("administration.name")} value={value.name} required change={(name) => alter({ name })} />
      {fresh && (
        <ProviderChoice value={value.provider_id} list={list} choose={(provider_id) => alter({ provider_id })} />
      )}
      <Field
        label={t("administration.skills")}
        how={t("administration.skills_how")}
        value={skills}
        change={(text) => {
          setSkills(text);
          alter({ skills: parted(text) });
        }}
      />
      <Field
        label={t("administration.languages")}
        how={t("administration.languages_how")}
        value={languages}
        change={(text) => {
          setLanguages(text);
          alter({ languages: parted(text) });
        }}
      />
      <Field
        label={t("administration.ends_on")}
        type="date"
        value={value.ends_on ?? ""}
        change={(day) => alter({ ends_on: day || null })}
      />
      <Check
        label={t("administration.protected")}
        value={value.protected ?? false}
        change={(now) => alter({ protected: now })}
      />
    </>
  );
}

type Held = NonNullable<RolesSheet["roles"]>;

function RolesForm({
  value,
  list,
  change,
}: {
  value: RolesSheet;
  list: DirectoryShown;
  change(now: RolesSheet): void;
}) {
  const roles: Held = value.roles ?? {};
  const set = (unit: string, role: Held[string][number], held: boolean) => {
    const now = (roles[unit] ?? []).filter((one) => one !== role);
    const here = held ? [...now, role] : now;
    const others = Object.fromEntries(Object.entries(roles).filter(([one]) => one !== unit));
    change({ roles: here.length > 0 ? { ...others, [unit]: here } : others });
  };
  return (
    <>
      {list.units.map((unit) => (
        <Group key={unit.unit_id} legend={unit.name}>
          <div class="directory-ticks">
            {ROLES.map((role) => (
              <Check
                key={role}
                label={roleWords(role)}
                value={(roles[unit.unit_id] ?? []).includes(role)}
                change={(held) => set(unit.unit_id, role, held)}
              />
            ))}
          </div>
        </Group>
      ))}
    </>
  );
}

function WaysForm({ value, change }: { value: WaysSheet; change(now: WaysSheet): void }) {
  const ways = value.ways ?? [];
  const [kind, setKind] = useState<Way["kind"]>("hsa_id");
  const [typed, setTyped] = useState("");
  const add = () => {
    if (typed.trim()) change({ ways: [...ways, { kind, digest: "", shown: typed.trim() }] });
    setTyped("");
  };
  const words = (way: Way) =>
    `${t(`administration.way_${way.kind}`)}: ${way.kind === "number" || !way.shown ? t("administration.way_unseen") : way.shown}`;
  return (
    <>
      <ul class="register-rows">
        {ways.map((way) => (
          <li key={way.digest || way.shown}>
            <span>{words(way)}</span>
            <Small
              words={t("administration.remove")}
              label={t("administration.remove_what", { what: words(way) })}
              act={() => change({ ways: ways.filter((one) => one !== way) })}
            />
          </li>
        ))}
      </ul>
      <div class="directory-add">
        <Choice
          label={t("administration.way_kind")}
          value={kind}
          options={WAYS.map((one) => [one, t(`administration.way_${one}`)] as const)}
          choose={(one) => setKind(one as Way["kind"])}
        />
        <Field label={t("administration.way_value")} value={typed} change={setTyped} />
        <Small words={t("administration.way_add")} act={add} />
      </div>
    </>
  );
}
