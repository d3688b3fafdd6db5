/** What changed since one last looked: in a line on the board, whole beside the conversation. */
import { Urgency } from "../base/urgency";
import { t } from "../base/words";
import type { BoardRow } from "../wire";
import { type Changed, changedSince } from "./changes";
import type { OpenContact } from "./contact";
import { Fact } from "./Fact";
import { lookedTo } from "./looked";
import type { Reading } from "./reading";
import { valueWords } from "./values";

export function ChangedInRow({ row, me }: { row: BoardRow; me: string }) {
  const changed = changedSince(row.changed, lookedTo(me, row.contact_id));
  if (!changed) return null;
  const told = [levelWords(changed), ...labelWords(changed)].filter(Boolean);
  return (
    <span class="staff-row-changed">
      <strong>{t("staff.changed")}</strong> {told.join(" · ")}
    </span>
  );
}

const levelWords = ({ before, after, because }: Changed): string => {
  if (before === after) return "";
  const level = t("staff.changed_from", { level: t(`base.urgency_${before}`).toLowerCase() });
  return because?.silent ? `${level} (${t("staff.changed_silent")})` : level;
};

const labelWords = ({ has, has_not }: Changed): string[] => [
  has.length > 0 ? t("staff.changed_has", { what: has.join(", ") }) : "",
  has_not.length > 0 ? t("staff.changed_has_not", { what: has_not.join(", ") }) : "",
];

export interface ChangedFactProps {
  contact: OpenContact;
  reading: Reading;
}

export function ChangedFact({ contact, reading }: ChangedFactProps) {
  const changed = changedSince(contact.summary.value?.changed ?? [], contact.lookedBefore);
  const answers = contact.lookedBefore > 0 ? reading.answers.filter(({ no }) => no > contact.lookedBefore) : [];
  if (!changed && answers.length === 0) return null;
  return (
    <Fact title={t("staff.changed_since")}>
      {changed && changed.before !== changed.after && <Raised changed={changed} />}
      {changed && labelWords(changed).map((words) => words && <p key={words}>{words}</p>)}
      {answers.map(({ question, wording, value }) => (
        <p key={question}>
          {wording} <strong>{valueWords(value)}</strong>
        </p>
      ))}
    </Fact>
  );
}

function Raised({ changed: { before, after, because } }: { changed: Changed }) {
  return (
    <>
      <p>
        <Urgency level={before} /> → <Urgency level={after} />
      </p>
      {because?.silent && <p>{t("staff.changed_silent")}</p>}
      {because?.reason && (
        <p>
          {because.reason} <span class="staff-quote">{because.words.map((word) => `“${word}”`).join(" ")}</span>{" "}
          <code class="staff-small">{because.rule}</code>
        </p>
      )}
    </>
  );
}
