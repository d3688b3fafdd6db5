/** When a unit is open: the week, holidays, half days, single days, and closings with what patients are told. */
import { useState } from "preact/hooks";
import { t } from "../base/words";
import { TextField } from "../staff/Dialog";
import type { Closing, Opening } from "../wire";
import { Check, Choice, Field, Group, parted, Small } from "./fields";
import { codeWords, dayWords, WEEK } from "./lines";

const EVES = [
  "twelfth_night_eve",
  "maundy_thursday_eve",
  "maundy_thursday",
  "easter_eve",
  "walpurgis_eve",
  "ascension_eve",
  "whitsun_eve",
  "midsummer_eve",
  "all_saints_eve",
  "little_christmas_eve",
  "christmas_eve",
  "new_years_eve",
] as const;
const LANGS = ["sv", "nb", "en"] as const;

interface FormProps {
  value: Opening;
  change(value: Opening): void;
}

export function HoursForm({ value, change }: FormProps) {
  const alter = (more: Partial<Opening>) => change({ ...value, ...more });
  return (
    <>
      <p class="directory-how">{t("administration.spans_how")}</p>
      <div class="desk-form">
        {WEEK.map((day) => (
          <Spans
            key={day}
            label={t(`administration.day_${day}`)}
            value={value.week[day] ?? []}
            change={(spans) => alter({ week: { ...value.week, [day]: spans } })}
          />
        ))}
        <Field label={t("administration.zone")} value={value.zone} change={(zone) => alter({ zone })} />
      </div>
      <Group legend={t("administration.holidays")}>
        <Check
          label={t("administration.holidays_own")}
          value={Boolean(value.holidays)}
          change={(own) => alter({ holidays: own ? [] : null })}
        />
        {value.holidays && (
          <Spans label={t("administration.hours")} value={value.holidays} change={(holidays) => alter({ holidays })} />
        )}
      </Group>
      <Eves value={value.eves ?? {}} change={(eves) => alter({ eves })} />
      <Days value={value.days ?? {}} change={(days) => alter({ days })} />
      <Closings value={value.closed ?? []} change={(closed) => alter({ closed })} />
    </>
  );
}

interface SpansProps {
  label: string;
  value: readonly string[];
  change(value: string[]): void;
}

/** What is typed stays as it is typed; the spans in it are what counts. */
function Spans({ label, value, change }: SpansProps) {
  const [typed, setTyped] = useState(value.join(", "));
  return (
    <Field
      label={label}
      value={typed}
      change={(text) => {
        setTyped(text);
        change(parted(text.replaceAll("–", "-").replace(/\s*-\s*/g, "-"), /[,;]+|\s+/));
      }}
    />
  );
}

type Rows = Record<string, string[]>;

function without(rows: Rows, key: string): Rows {
  return Object.fromEntries(Object.entries(rows).filter(([one]) => one !== key));
}

interface RowsProps {
  value: Rows;
  change(value: Rows): void;
}

function Eves({ value, change }: RowsProps) {
  const left = EVES.filter((eve) => !(eve in value));
  const [next, setNext] = useState("");
  const chosen = next || (left[0] ?? "");
  return (
    <Group legend={t("administration.eves")}>
      <RowList value={value} change={change} label={(eve) => codeWords("eve", eve)} />
      {left.length > 0 && (
        <div class="directory-add">
          <Choice
            label={t("administration.day")}
            value={chosen}
            options={left.map((eve) => [eve, codeWords("eve", eve)] as const)}
            choose={setNext}
          />
          <Small
            words={t("administration.eve_add")}
            act={() => {
              setNext("");
              change({ ...value, [chosen]: [] });
            }}
          />
        </div>
      )}
    </Group>
  );
}

function Days({ value, change }: RowsProps) {
  const [day, setDay] = useState("");
  return (
    <Group legend={t("administration.days")}>
      <RowList value={value} change={change} label={dayWords} />
      <div class="directory-add">
        <Field label={t("administration.day")} type="date" value={day} change={setDay} />
        <Small
          words={t("administration.day_add")}
          act={() => {
            if (day) change({ ...value, [day]: [] });
            setDay("");
          }}
        />
      </div>
    </Group>
  );
}

function RowList({ value, change, label }: RowsProps & { label(key: string): string }) {
  return (
    <>
      {Object.entries(value).map(([key, spans]) => (
        <div key={key} class="directory-add">
          <Spans label={label(key)} value={spans} change={(now) => change({ ...value, [key]: now })} />
          <Small
            words={t("administration.remove")}
            label={t("administration.remove_what", { what: label(key) })}
            act={() => change(without(value, key))}
          />
        </div>
      ))}
    </>
  );
}

function Closings({ value, change }: { value: readonly Closing[]; change(value: Closing[]): void }) {
  const put = (n: number, more: Partial<Closing>) =>
    change(value.map((one, at) => (at === n ? { ...one, ...more } : one)));
  return (
    <>
      {value.map((one, n) => (
        <Group key={n} legend={t("administration.closing_n", { n: n + 1 })}>
          <div class="desk-form">
            <Field
              label={t("administration.begins")}
              type="datetime-local"
              value={one.begins.slice(0, 16)}
              change={(at) => put(n, { begins: wall(at) })}
            />
            <Field
              label={t("administration.ends")}
              type="datetime-local"
              value={one.ends.slice(0, 16)}
              change={(at) => put(n, { ends: wall(at) })}
            />
          </div>
          <Field label={t("administration.why")} value={one.why ?? ""} change={(why) => put(n, { why })} />
          {LANGS.map((lang) => (
            <TextField
              key={lang}
              label={t(`administration.told_${lang}`)}
              limit={500}
              value={one.text?.[lang] ?? ""}
              change={(said) => put(n, { text: told({ ...one.text, [lang]: said }) })}
            />
          ))}
          <Small
            words={t("administration.remove")}
            label={t("administration.remove_what", { what: t("administration.closing_n", { n: n + 1 }) })}
            act={() => change(value.filter((_, at) => at !== n))}
          />
        </Group>
      ))}
      <Small
        words={t("administration.closing_add")}
        act={() => change([...value, { begins: tomorrow("08:00"), ends: tomorrow("17:00"), why: "", text: {} }])}
      />
    </>
  );
}

const wall = (at: string) => (at.length === 16 ? `${at}:00` : at);

/** With nothing in any language nothing is told. */
const told = (text: Record<string, string>) => (Object.values(text).some((said) => said.trim()) ? text : {});

function tomorrow(time: string): string {
  const day = new Date(Date.now() + 86_400_000).toLocaleDateString("sv-SE");
  return `${day}T${time}:00`;
}
