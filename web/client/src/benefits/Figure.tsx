/** One figure over time: what it says, a plot, and the table behind it with each level beside. */
import type { Level } from "../base/urgency";
import { locale, t } from "../base/words";
import { Columns } from "../lead/Columns";
import { numberWords, shareWords } from "../lead/numbers";
import type { BenefitColumn, BenefitFigure, BenefitWords } from "../wire";

interface FigureProps {
  words: BenefitWords;
  columns: readonly BenefitColumn[];
}

export function Figure({ words, columns }: FigureProps) {
  const own = columns.map((column) => column.figures.filter(({ name }) => name === words.name));
  const whole = own.map((figures) => figures.find(({ level }) => level === null));
  const levels = levelsOf(own.flat());
  const newest = whole.findLast((one) => one && (one.few || one.value !== null));
  const measure = newest?.measure ?? "number";
  const before = newest?.before ?? null;
  const against = newest?.compared
    ? ` ${t("benefits.before", { value: plainWords(newest, before), compared: t(`benefits.is_${newest.compared}`) })}`
    : "";
  const gain = newest && newest.better !== "neither" ? ` ${t(`benefits.gain_${newest.better}`)}` : "";
  return (
    <Columns
      title={words.title}
      lead={words.told + gain + against}
      told={newest ? t("benefits.newest", { value: valueWords(newest) }) + against : ""}
      columns={columns.map((column, place) => ({
        name: shortWords(column),
        value: whole[place]?.value ?? null,
        middle: before,
      }))}
      unit={measure === "share" ? shareWords : (value) => numberWords(value, measure === "minutes" ? 1 : 0)}
      top={measure === "share" ? 1 : evenTop([...whole.map((one) => one?.value ?? 0), before ?? 0])}
      table={{
        caption: words.title,
        head: [
          t("benefits.time"),
          t("benefits.all"),
          ...(before === null ? [] : [t("benefits.against")]),
          ...levels.map((level) => t(`base.urgency_${level}`)),
        ],
        rows: columns.map((column, place) => [
          longWords(column),
          valueWords(whole[place]),
          ...(before === null ? [] : [againstWords(whole[place])]),
          ...levels.map((level) => valueWords(own[place]?.find((one) => one.level === level))),
        ]),
      }}
    />
  );
}

/** An even number above all values: the middle of the axis is a whole number too. */
const evenTop = (values: readonly number[]): number => 2 * Math.max(1, Math.ceil(Math.max(...values) / 2));

function levelsOf(figures: readonly BenefitFigure[]): Level[] {
  const order: readonly Level[] = ["immediate", "very_urgent", "urgent", "within_24h", "routine", "self_care"];
  return order.filter((level) => figures.some((one) => one.level === level));
}

/** The value with how many it rests on. */
function valueWords(one: BenefitFigure | undefined): string {
  if (one?.few) return t("lead.not_shown");
  if (!one || one.value === null) return "–";
  const among = numberWords(one.denominator);
  if (one.measure === "share")
    return t("benefits.of", { value: shareWords(one.value), n: numberWords(one.numerator), among });
  const value = numberWords(one.value, 1);
  return one.measure === "minutes" ? t("benefits.among", { value: t("benefits.minutes", { n: value }), among }) : value;
}

const againstWords = (one: BenefitFigure | undefined): string =>
  one?.compared ? t(`benefits.is_${one.compared}`) : "–";

/** A value of the figure without how many it rests on. */
export const plainWords = ({ measure }: { measure: BenefitFigure["measure"] }, value: number | null): string =>
  measure === "share" ? shareWords(value) : t("benefits.minutes", { n: numberWords(value, 1) });

/** Under a column: "nov. 26", or what the function was. */
function shortWords({ month, state }: BenefitColumn): string {
  if (state) return t(`benefits.state_${state}`);
  const of = new Date(`${month}-01T12:00:00`);
  return new Intl.DateTimeFormat(locale(), { month: "short", year: "2-digit" }).format(of);
}

function longWords({ month, state, from_at, until_at }: BenefitColumn): string {
  if (!state) {
    const of = new Date(`${month}-01T12:00:00`);
    return new Intl.DateTimeFormat(locale(), { month: "long", year: "numeric" }).format(of);
  }
  const day = (at: number) => new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(new Date(at));
  const until = day(Date.parse(until_at) - 1);
  return t("benefits.phase_words", { state: t(`benefits.state_${state}`), from: day(Date.parse(from_at)), until });
}
