/** The facts of the open contact: why this level, what is not settled, where the person is, what they answered. */
import { useMemo } from "preact/hooks";
import { Urgency } from "../base/urgency";
import { t } from "../base/words";
import { Files, Measured } from "../note/AtHand";
import { Earlier } from "../note/Earlier";
import { NoteDraft } from "../note/NoteDraft";
import type { Assessed, Reason } from "../wire";
import { ChangedFact } from "./Changed";
import type { OpenContact } from "./contact";
import { Fact } from "./Fact";
import { Protected } from "./Protected";
import { personWords } from "./person";
import { couldBe, isWorse } from "./QueueRow";
import { type Reading, readingOf } from "./reading";
import { age, clock, minutesSince } from "./times";
import { valueWords } from "./values";
import { WithheldReach } from "./WithheldReach";
import type { Workplace } from "./workplace";

export function Facts({ workplace }: { workplace: Workplace }) {
  const contact = workplace.open.value;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
    <aside class="staff-facts" aria-labelledby="facts-title" tabIndex={0}>
      <h2 id="facts-title" class="staff-hidden">
        {t("staff.pane_facts")}
      </h2>
      {contact?.summary.value && <About key={contact.id} contact={contact} workplace={workplace} />}
    </aside>
  );
}

function About({ contact, workplace }: { contact: OpenContact; workplace: Workplace }) {
  const reading = useMemo(() => readingOf(contact.entries.value), [contact.entries.value]);
  const { assessed } = reading;
  return (
    <>
      <NoteDraft contact={contact} workplace={workplace} />
      <ChangedFact contact={contact} reading={reading} />
      <Why contact={contact} reading={reading} />
      {assessed && <Unsettled assessed={assessed} />}
      {assessed && assessed.denied.length > 0 && <Denied denied={assessed.denied} />}
      <Where contact={contact} reading={reading} />
      <Who contact={contact} reading={reading} />
      <Measured contact={contact} workplace={workplace} />
      <Files contact={contact} workplace={workplace} />
      <Answers reading={reading} />
      <Earlier contact={contact} workplace={workplace} />
      {assessed && <Understood assessed={assessed} />}
      {assessed && <p class="staff-small">{t("staff.content_version", { version: assessed.content_version })}</p>}
    </>
  );
}

function Why({ contact, reading }: { contact: OpenContact; reading: Reading }) {
  const summary = contact.summary.value;
  if (!summary) return null;
  return (
    <Fact title={t("staff.why")}>
      <p>
        <Urgency level={summary.urgency} />
      </p>
      {reading.set && (
        <p>
          {t("staff.set_by", { name: reading.set.by, at: clock(reading.set.at) })} “{reading.set.body.reason}”
        </p>
      )}
      {!summary.assessed && <p>{t("staff.unassessed_long")}</p>}
      <ul class="staff-reasons">
        {(reading.assessed?.reasons ?? []).map((reason) => (
          <Why1 key={reason.rule} reason={reason} />
        ))}
        {reading.assessed?.path && <Why1 reason={reading.assessed.path} />}
      </ul>
    </Fact>
  );
}

function Why1({ reason }: { reason: Reason }) {
  return (
    <li data-level={reason.urgency}>
      {reason.text && <p>{reason.text}</p>}
      {reason.words.length > 0 && <p class="staff-quote">{reason.words.map((word) => `“${word}”`).join(" ")}</p>}
      <p class="staff-small">
        <code>{reason.rule}</code>
        {!reason.confirmed && <span class="staff-flag">{t("staff.unconfirmed")}</span>}{" "}
        {(reason.source ?? []).length > 0 && t("staff.source", { what: (reason.source ?? []).join(", ") })}
      </p>
    </li>
  );
}

/** What nobody has answered is not "no": it is shown with how bad it could be. */
function Unsettled({ assessed }: { assessed: Assessed }) {
  const worse = isWorse(assessed.could_be, assessed.urgency);
  if (!worse && assessed.ask.length === 0 && assessed.unread.length === 0) return null;
  return (
    <Fact title={t("staff.open_questions")}>
      {worse && <p class="staff-could">{couldBe(assessed.could_be)}</p>}
      <ul>
        {assessed.ask.map((question) => (
          <li key={question.id}>
            {question.wording}
            {question.could_be && <span class="staff-small"> {couldBe(question.could_be)}</span>}
          </li>
        ))}
      </ul>
      {assessed.unread.length > 0 && <p>{t("staff.unread", { n: assessed.unread.length })}</p>}
    </Fact>
  );
}

function Denied({ denied }: { denied: readonly string[] }) {
  return (
    <Fact title={t("staff.denied")}>
      <ul>
        {denied.map((label) => (
          <li key={label}>{t("staff.says_no", { what: label })}</li>
        ))}
      </ul>
    </Fact>
  );
}

function Where({ contact, reading: { reach } }: { contact: OpenContact; reading: Reading }) {
  if (reach?.withheld)
    return (
      <Fact title={t("staff.where")}>
        {contact.mayWrite ? <WithheldReach contact={contact} /> : <p>{t("staff.reach_withheld")}</p>}
      </Fact>
    );
  return (
    <Fact title={t("staff.where")}>
      {reach ? (
        <>
          <p>{reach.place}</p>
          <p>
            <a href={`tel:${reach.phone.replace(/[^+\d]/g, "")}`}>{reach.phone}</a>
          </p>
        </>
      ) : (
        <p class="staff-small">{t("staff.where_unknown")}</p>
      )}
    </Fact>
  );
}

function Who({ contact, reading }: { contact: OpenContact; reading: Reading }) {
  const { opened, patient } = reading;
  const summary = contact.summary.value;
  return (
    <Fact title={t("staff.who")}>
      {opened?.about && <p>{opened.about}</p>}
      {patient && <p>{opened?.about ? t("staff.written_by", { name: patient }) : patient}</p>}
      {summary?.protection && (
        <p>
          <Protected protection={summary.protection} />
        </p>
      )}
      {opened && <p>{personWords(opened)}</p>}
      {summary && (
        <p class="staff-small">
          {t("staff.arrived", { at: clock(summary.arrived_at), age: age(minutesSince(summary.arrived_at)) })}
        </p>
      )}
    </Fact>
  );
}

function Answers({ reading: { answers } }: { reading: Reading }) {
  if (answers.length === 0) return null;
  return (
    <Fact title={t("staff.answers")}>
      <dl>
        {answers.map(({ question, wording, value }) => (
          <div key={question}>
            <dt>{wording}</dt>
            <dd>{valueWords(value)}</dd>
          </div>
        ))}
      </dl>
    </Fact>
  );
}

function Understood({ assessed }: { assessed: Assessed }) {
  const labels = new Map(assessed.findings.map((finding) => [`${finding.concept} ${finding.state}`, finding]));
  if (labels.size === 0) return null;
  return (
    <Fact title={t("staff.understood")}>
      <ul class="staff-findings">
        {[...labels.values()].map((finding) => (
          <li key={`${finding.concept} ${finding.state}`} data-state={finding.state}>
            {finding.label} <span class="staff-small">{t(`staff.state_${finding.state}`)}</span>
          </li>
        ))}
      </ul>
    </Fact>
  );
}
