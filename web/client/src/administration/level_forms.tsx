/** Sheets that are a table with a row for each level: promises, and times of silence. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { LEVELS, type Level, Urgency } from "../base/urgency";
import { t } from "../base/words";
import "../letter/words";
import type { LevelTimes, Promised, SilenceSheet, TargetsSheet } from "../wire";
import { TIMES, timesText } from "./lines";

interface CellProps {
  label: string;
  value: string;
  change(value: string): void;
}

function Cell({ label, value, change }: CellProps) {
  return (
    <input
      class="ds-input directory-cell"
      type="text"
      inputMode="decimal"
      autocomplete="off"
      aria-label={label}
      value={value}
      onInput={(event) => change(event.currentTarget.value)}
    />
  );
}

export const inLevel = (level: Level, what: string) => `${t(`base.urgency_${level}`)}: ${what}`;
const NO_NUMBER = -1;
/** What is no number is sent as one that cannot be, so that the service says where. */
export const numberOf = (text: string) =>
  text.trim() === "" ? NO_NUMBER : Number(text.replace(",", ".")) || NO_NUMBER;

interface TargetsProps {
  value: TargetsSheet;
  change(value: TargetsSheet): void;
}

export function TargetsForm({ value, change }: TargetsProps) {
  const put = (level: Level, more: Partial<Promised>) => {
    const now = value.levels[level];
    if (now) change({ ...value, levels: { ...value.levels, [level]: { ...now, ...more } } });
  };
  const minutes = (["target_min", "grace_min"] as const).map((name) => ({
    name,
    words: t(`administration.${name}`),
    cell: (level: Level) => (
      <TypedCell
        label={inLevel(level, t(`administration.${name}`))}
        value={String(value.levels[level]?.[name] ?? "")}
        change={(text) => put(level, { [name]: wholeOf(text) })}
      />
    ),
  }));
  const words = t("administration.round_the_clock");
  const always = {
    name: "round_the_clock",
    words,
    cell: (level: Level) => (
      <input
        type="checkbox"
        class="directory-tick"
        aria-label={inLevel(level, words)}
        checked={value.levels[level]?.round_the_clock ?? false}
        onChange={(event) => put(level, { round_the_clock: event.currentTarget.checked })}
      />
    ),
  };
  return (
    <>
      <LevelTable levels={LEVELS} columns={[...minutes, always]} />
      {value.letter && <LetterPromise letter={value.letter} change={(letter) => change({ ...value, letter })} />}
    </>
  );
}

/** What a letter is promised that is not urgent: in opening time, as its level is. */
function LetterPromise({ letter, change }: { letter: Promised; change(letter: Promised): void }) {
  return (
    <fieldset class="plain">
      <legend class="ds-label">{t("letter.promise")}</legend>
      {(["target_min", "grace_min"] as const).map((name) => (
        <div key={name} class="ds-field">
          <span aria-hidden="true">{t(`administration.${name}`)}</span>
          <TypedCell
            label={`${t("letter.promise")}: ${t(`administration.${name}`)}`}
            value={String(letter[name])}
            change={(text) => change({ ...letter, [name]: wholeOf(text) })}
          />
        </div>
      ))}
    </fieldset>
  );
}

interface LevelColumn {
  name: string;
  words: string;
  cell(level: Level): ComponentChildren;
}

/** A row for each level. */
export function LevelTable({ levels, columns }: { levels: readonly Level[]; columns: readonly LevelColumn[] }) {
  return (
    <div class="directory-wide">
      <table>
        <thead>
          <tr>
            <th scope="col">{t("administration.level")}</th>
            {columns.map(({ name, words }) => (
              <th key={name} scope="col">
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {levels.map((level) => (
            <tr key={level}>
              <th scope="row">
                <Urgency level={level} />
              </th>
              {columns.map(({ name, cell }) => (
                <td key={name}>{cell(level)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Zero is a number like others. */
export const wholeOf = (text: string) => (/^\d+$/.test(text.trim()) ? Number(text) : NO_NUMBER);

/** What is typed stays as it is typed. */
export function TypedCell({ label, value, change }: CellProps) {
  const [typed, setTyped] = useState(value);
  return (
    <Cell
      label={label}
      value={typed}
      change={(text) => {
        setTyped(text);
        change(text);
      }}
    />
  );
}

interface SilenceProps {
  value: SilenceSheet;
  change(value: SilenceSheet): void;
}

export function SilenceForm({ value, change }: SilenceProps) {
  const put = (level: Level, more: Partial<LevelTimes>) => {
    const now = value.levels[level];
    if (now) change({ levels: { ...value.levels, [level]: { ...now, ...more } } });
  };
  return (
    <div class="directory-wide">
      <p class="directory-how">{t("administration.several_how")}</p>
      <table>
        <thead>
          <tr>
            <td />
            {LEVELS.map((level) => (
              <th key={level} scope="col">
                <Urgency level={level} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {TIMES.map((name) => (
            <tr key={name}>
              <th scope="row">{t(`administration.${name}`)}</th>
              {LEVELS.map((level) => (
                <td key={level}>
                  <TypedCell
                    label={inLevel(level, t(`administration.${name}`))}
                    value={timesText(value.levels[level]?.[name])}
                    change={(text) => put(level, { [name]: read(name, text) })}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function read(name: (typeof TIMES)[number], text: string): number | number[] | null {
  if (name === "still_waiting_after_min" || name === "reminded_after_min")
    return text
      .split(/[,;\s]+/)
      .filter(Boolean)
      .map(numberOf);
  if (name === "call_after_min" && text.trim() === "") return null;
  return name === "attempts" ? wholeOf(text) : numberOf(text);
}
