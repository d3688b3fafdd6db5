/** How a unit's figures were before: what is held with its source, and a form to hold another. */
import { useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { newId } from "../base/id";
import { locale, t } from "../base/words";
import { useAsking } from "../desk/asking";
import { Table } from "../lead/Table";
import { refusalWords } from "../staff/refusal_words";
import type { BaselineFigure, BaselineView, BenefitFigure, BenefitsView, BenefitWords } from "../wire";
import { plainWords } from "./Figure";

const MONTH = "2[0-9]{3}-(0[1-9]|1[0-2])";
const FEWEST = 5;
const SOURCE_LIMIT = 200;
const LONGEST_MIN = 100_000;
type Name = BenefitWords["name"];
const EMPTY = { value: "", among: "", source: "", from_month: "", until_month: "" };

interface BaselineProps {
  view: BenefitsView;
  connection: Connection;
  changed(): unknown;
}

export function Baseline({ view, connection, changed }: BaselineProps) {
  const { refusal, busy, ask } = useAsking<BaselineView>();
  const compared = view.words.filter(({ name }) => !name.startsWith("use_"));
  const set = async (one: { figure: Name; was: number | null; among: number | null } & Source) => {
    const request = { unit_id: view.unit_id, client_id: newId(), ...one };
    const done = await ask(connection.insist("baseline:set", request));
    if (done) await changed();
    return done !== null;
  };
  return (
    <section class="desk-card">
      <h2>{t("benefits.baseline")}</h2>
      <p>{t("benefits.baseline_lead")}</p>
      {view.baseline.length === 0 ? (
        <p>{t("benefits.baseline_none")}</p>
      ) : (
        <Table
          caption={t("benefits.baseline")}
          head={[
            t("benefits.figure"),
            t("benefits.value"),
            t("benefits.source"),
            t("benefits.when"),
            t("benefits.who"),
            t("benefits.change"),
          ]}
          rows={view.baseline.map((one) => heldRow(one, titleOf(view, one.name), () => void set(without(one))))}
        />
      )}
      <HeldForm figures={compared} busy={busy} set={set} />
      {refusal && (
        <p role="alert" class="staff-problem">
          {refusalWords(refusal.code)}
        </p>
      )}
    </section>
  );
}

/** What takes a figure away: with the source of what is taken. */
const without = ({ name, source, from_month, until_month }: BaselineFigure) => ({
  figure: name,
  was: null,
  among: null,
  source,
  from_month,
  until_month,
});

type Source = { source: string; from_month: string; until_month: string };

function heldRow(one: BaselineFigure, title: string, takeAway: () => void) {
  const day = new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(new Date(one.at));
  return [
    title,
    plainWords({ measure: measureOf(one.name) }, one.value) + (one.among === null ? "" : ` (${one.among})`),
    one.source,
    t("benefits.measured", { from: one.from_month, until: one.until_month }),
    t("benefits.by_at", { name: one.by, day }),
    <button
      key="take"
      type="button"
      class="staff-quiet"
      aria-label={t("benefits.take_away_of", { title })}
      onClick={takeAway}
    >
      {t("benefits.take_away")}
    </button>,
  ];
}

interface HeldFormProps {
  figures: readonly BenefitWords[];
  busy: boolean;
  set(one: { figure: Name; was: number; among: number | null } & Source): Promise<boolean>;
}

function HeldForm({ figures, busy, set }: HeldFormProps) {
  const [name, setName] = useState<Name>("reply_median");
  const [typed, setTyped] = useState(EMPTY);
  const share = measureOf(name) === "share";
  const submit = async (event: Event) => {
    event.preventDefault();
    const { value, among, ...source } = typed;
    const number = Number(value) / (share ? 100 : 1);
    if (await set({ figure: name, was: number, among: among ? Number(among) : null, ...source })) setTyped(EMPTY);
  };
  const field = (key: keyof typeof EMPTY) => ({
    class: "ds-input",
    value: typed[key],
    onInput: (event: { currentTarget: HTMLInputElement }) => setTyped({ ...typed, [key]: event.currentTarget.value }),
  });
  return (
    <form class="desk-form" onSubmit={(event) => void submit(event)}>
      <label class="lead-field">
        {t("benefits.figure")}
        <select class="ds-input" value={name} onChange={(event) => setName(event.currentTarget.value as Name)}>
          {figures.map((one) => (
            <option key={one.name} value={one.name}>
              {one.title}
            </option>
          ))}
        </select>
      </label>
      <label class="lead-field">
        {t(share ? "benefits.value_share" : "benefits.value_minutes")}
        <input type="number" required min={0} max={share ? 100 : LONGEST_MIN} step="any" {...field("value")} />
      </label>
      <label class="lead-field">
        {t("benefits.among_n")}
        <input type="number" min={FEWEST} step={1} {...field("among")} />
      </label>
      <label class="lead-field">
        {t("benefits.source")}
        <input required maxLength={SOURCE_LIMIT} {...field("source")} />
      </label>
      <label class="lead-field">
        {t("benefits.from_month")}
        <input required pattern={MONTH} {...field("from_month")} />
      </label>
      <label class="lead-field">
        {t("benefits.until_month")}
        <input required pattern={MONTH} {...field("until_month")} />
      </label>
      <div class="desk-form-foot">
        <button type="submit" class="ds-button" aria-busy={busy}>
          {t("benefits.set")}
        </button>
      </div>
    </form>
  );
}

const titleOf = (view: BenefitsView, name: Name) => view.words.find((one) => one.name === name)?.title ?? name;

const measureOf = (name: Name): BenefitFigure["measure"] => (name.startsWith("reply_") ? "minutes" : "share");
