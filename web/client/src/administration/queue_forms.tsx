/** Where a unit's contacts go, who is told when they wait too long, how soon an offered one is answered. */
import { useState } from "preact/hooks";
import { LEVELS, type Level } from "../base/urgency";
import { t } from "../base/words";
import { TextField } from "../staff/Dialog";
import type { Answering, Competence, DirectoryShown, LateSheet, UnitRouting } from "../wire";
import { Choice, Field, Group, parted, Small } from "./fields";
import { inLevel, LevelTable, TypedCell, wholeOf } from "./level_forms";
import { HELD_BACK } from "./lines";

const LANGS = ["sv", "nb", "en"] as const;

interface Column {
  name: string;
  words: string;
  value: Record<string, number>;
  put(level: Level, minutes: number): void;
}

/** Whole minutes, level by level. */
function Minutes({ levels, columns }: { levels: readonly Level[]; columns: readonly Column[] }) {
  const shown = columns.map(({ name, words, value, put }) => ({
    name,
    words,
    cell: (level: Level) => (
      <TypedCell
        label={inLevel(level, words)}
        value={String(value[level] ?? "")}
        change={(text) => put(level, wholeOf(text))}
      />
    ),
  }));
  return <LevelTable levels={levels} columns={shown} />;
}

export function LateForm({ value, list, change }: QueueForm<LateSheet>) {
  const column = (name: "lead_after_min" | "next_unit_after_min"): Column => ({
    name,
    words: t(`administration.${name}`),
    value: Object.fromEntries(LEVELS.map((level) => [level, value.levels[level]?.[name] ?? 0])),
    put: (level, minutes) => {
      const now = value.levels[level];
      if (now) change({ ...value, levels: { ...value.levels, [level]: { ...now, [name]: minutes } } });
    },
  });
  return (
    <>
      <Minutes levels={LEVELS} columns={[column("lead_after_min"), column("next_unit_after_min")]} />
      <Choice
        label={t("administration.stands_in")}
        value={value.stands_in ?? ""}
        options={[["", t("administration.nobody")], ...list.units.map((one) => [one.unit_id, one.name] as const)]}
        choose={(stands_in) => change({ ...value, stands_in })}
      />
    </>
  );
}

export function HandOverForm({ value, change }: Omit<QueueForm<Answering>, "list">) {
  const column: Column = {
    name: "answer_min",
    words: t("administration.answer_min"),
    value: value.answer_min,
    put: (level, minutes) => change({ ...value, answer_min: { ...value.answer_min, [level]: minutes } }),
  };
  return (
    <>
      <Minutes levels={LEVELS} columns={[column]} />
      <Whole
        label={t("administration.beside_min")}
        value={value.beside_min}
        change={(beside_min) => change({ ...value, beside_min })}
      />
      <Choice
        label={t("administration.then")}
        value={value.then}
        options={(["queue", "lead"] as const).map((one) => [one, t(`administration.then_${one}`)] as const)}
        // biome-ignore lint/suspicious/noThenProperty: the field's name on the wire; nobody awaits it
        choose={(chosen) => change({ ...value, then: chosen as Answering["then"] })}
      />
    </>
  );
}

interface QueueForm<T> {
  value: T;
  list: DirectoryShown;
  change(value: T): void;
}

export function RoutingForm({ value, list, change }: QueueForm<UnitRouting>) {
  const alter = (more: Partial<UnitRouting>) => change({ ...value, ...more });
  const [languages, setLanguages] = useState(value.languages.join(" "));
  const column = (name: "language_min" | "competence_min"): Column => ({
    name,
    words: t(`administration.${name}`),
    value: value[name],
    put: (level, minutes) => alter({ [name]: { ...value[name], [level]: minutes } }),
  });
  return (
    <>
      <div class="desk-form">
        {(["municipality", "hospital"] as const).map((name) => (
          <Field
            key={name}
            label={t(`administration.${name}`)}
            value={value[name] ?? ""}
            change={(text) => alter({ [name]: text.trim() })}
          />
        ))}
        <Field
          label={t("administration.unit_languages")}
          how={t("administration.languages_how")}
          value={languages}
          change={(text) => {
            setLanguages(text);
            alter({ languages: parted(text) });
          }}
        />
        <Whole
          label={t("administration.daily_cap")}
          value={value.daily_cap ?? 0}
          change={(cap) => alter({ daily_cap: cap })}
        />
        <Whole
          label={t("administration.continuity_min")}
          value={value.continuity_min}
          change={(minutes) => alter({ continuity_min: minutes })}
        />
        <Whole
          label={t("administration.continuity_days")}
          value={value.continuity_days ?? 90}
          change={(days) => alter({ continuity_days: days })}
        />
      </div>
      <Overflow value={value.overflow ?? []} list={list} change={(overflow) => alter({ overflow })} />
      <CompetenceRows value={value.competence ?? []} change={(competence) => alter({ competence })} />
      <Minutes levels={HELD_BACK} columns={[column("language_min"), column("competence_min")]} />
      {(["closed_text", "full_text"] as const).map((name) => (
        <Group key={name} legend={t(`administration.${name}`)}>
          {LANGS.map((lang) => (
            <TextField
              key={lang}
              label={t(`administration.told_${lang}`)}
              limit={500}
              value={value[name]?.[lang] ?? ""}
              change={(said) => alter({ [name]: told({ ...value[name], [lang]: said }) })}
            />
          ))}
        </Group>
      ))}
    </>
  );
}

/** With nothing in any language nothing is told. */
const told = (text: Record<string, string>) => (Object.values(text).some((said) => said.trim()) ? text : {});

function Whole({ label, value, change }: { label: string; value: number; change(value: number): void }) {
  const [typed, setTyped] = useState(String(value));
  return (
    <Field
      label={label}
      type="number"
      value={typed}
      change={(text) => {
        setTyped(text);
        change(wholeOf(text));
      }}
    />
  );
}

interface OverflowProps {
  value: readonly string[];
  list: DirectoryShown;
  change(value: string[]): void;
}

/** In the order in which they are tried. */
function Overflow({ value, list, change }: OverflowProps) {
  const names = new Map(list.units.map((one) => [one.unit_id, one.name]));
  const left = list.units.filter((one) => !value.includes(one.unit_id));
  const [next, setNext] = useState("");
  const chosen = next || (left[0]?.unit_id ?? "");
  return (
    <Group legend={t("administration.overflow")}>
      <ol class="register-rows">
        {value.map((unit_id) => (
          <li key={unit_id}>
            <span>{names.get(unit_id) ?? unit_id}</span>
            <Small
              words={t("administration.remove")}
              label={t("administration.remove_what", { what: names.get(unit_id) ?? unit_id })}
              act={() => change(value.filter((one) => one !== unit_id))}
            />
          </li>
        ))}
      </ol>
      {left.length > 0 && (
        <div class="directory-add">
          <Choice
            label={t("administration.overflow_next")}
            value={chosen}
            options={left.map((one) => [one.unit_id, one.name] as const)}
            choose={setNext}
          />
          <Small
            words={t("administration.overflow_add")}
            act={() => {
              setNext("");
              change([...value, chosen]);
            }}
          />
        </div>
      )}
    </Group>
  );
}

const SKILL = /^(lang|skill):/;

function CompetenceRows({ value, change }: { value: readonly Competence[]; change(value: Competence[]): void }) {
  const put = (n: number, more: Partial<Competence>) =>
    change(value.map((one, at) => (at === n ? { ...one, ...more } : one)));
  return (
    <Group legend={t("administration.competence")}>
      {value.map((one, n) => (
        <div key={n} class="directory-add">
          <Field
            label={t("administration.need")}
            value={one.need.replace("skill:", "")}
            change={(text) => put(n, { need: SKILL.test(text) ? text : `skill:${text.trim()}` })}
          />
          <Field
            label={t("administration.below_y")}
            type="number"
            value={one.below_y === null || one.below_y === undefined ? "" : String(one.below_y)}
            change={(text) => put(n, { below_y: text.trim() === "" ? null : wholeOf(text) })}
          />
          <Field
            label={t("administration.service")}
            value={one.service ?? ""}
            change={(service) => put(n, { service: service.trim() })}
          />
          <Small
            words={t("administration.remove")}
            label={t("administration.remove_what", { what: one.need.replace("skill:", "") })}
            act={() => change(value.filter((_, at) => at !== n))}
          />
        </div>
      ))}
      <Small
        words={t("administration.competence_add")}
        act={() => change([...value, { need: "skill:", below_y: null, service: "" }])}
      />
    </Group>
  );
}
