/** What a proposed set has said beside the one in force: counted by level and rule, with the contacts it concerns. */
import { useState } from "preact/hooks";
import type { Connection } from "../base/connection";
import { Urgency } from "../base/urgency";
import { t } from "../base/words";
import { useAsking } from "../desk/asking";
import { openAtCare } from "../desk/desks";
import { refusalWords } from "../staff/refusal_words";
import type { MovedContact, Shadowed } from "../wire";

export interface BesideProps {
  connection: Connection;
  version: string;
  /** True for who cares for patients as well: a contact opens at their desk, if its own gate lets them in. */
  cares: boolean;
}

export function Beside({ connection, version, cares }: BesideProps) {
  const [open, setOpen] = useState(false);
  const { answer, refusal, busy, ask } = useAsking<Shadowed>();
  const show = () => {
    setOpen(!open);
    if (!open) void ask(connection.call("content:shadow", { content_version: version }));
  };
  return (
    <div class="content-beside">
      <button
        type="button"
        class="ds-button"
        data-variant="secondary"
        aria-expanded={open}
        aria-busy={busy}
        onClick={show}
      >
        {t("content.beside")}
      </button>
      {refusal && (
        <p role="alert" class="staff-problem">
          {refusalWords(refusal.code)}
        </p>
      )}
      {open && answer && <Told told={answer} cares={cares} />}
    </div>
  );
}

function Told({ told, cares }: { told: Shadowed; cares: boolean }) {
  const { contacts, up, down, other_reasons } = told;
  if (contacts === 0) return <p>{t("content.beside_none")}</p>;
  return (
    <>
      <p>
        {t("content.beside_contacts", { n: contacts })} {t("content.beside_ways", { up, down, other: other_reasons })}
      </p>
      <div class="content-tables">
        <Levels told={told} />
        <Rules told={told} />
      </div>
      {told.moved.length > 0 && (
        <>
          <h3>{t("content.beside_moved")}</h3>
          <ul class="content-moved">
            {told.moved.map((move) => (
              <Moved key={move.contact_id} move={move} cares={cares} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Levels({ told }: { told: Shadowed }) {
  return (
    <table>
      <caption>{t("content.beside_levels")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("content.beside_from")}</th>
          <th scope="col">{t("content.beside_to")}</th>
          <th scope="col">{t("content.beside_n")}</th>
        </tr>
      </thead>
      <tbody>
        {told.levels.map(({ before, after, contacts }) => (
          <tr key={`${before} ${after}`}>
            <td>
              <Urgency level={before} />
            </td>
            <td>
              <Urgency level={after} />
            </td>
            <td>{contacts}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Rules({ told }: { told: Shadowed }) {
  return (
    <table>
      <caption>{t("content.beside_rules")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("content.beside_rule")}</th>
          <th scope="col">{t("content.beside_up")}</th>
          <th scope="col">{t("content.beside_down")}</th>
          <th scope="col">{t("content.beside_same")}</th>
        </tr>
      </thead>
      <tbody>
        {told.rules.map(({ rule, up, down, same }) => (
          <tr key={rule}>
            <th scope="row">
              <code>{rule}</code>
            </th>
            <td>{up}</td>
            <td>{down}</td>
            <td>{same}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Moved({ move: { contact_id, before, after, fires, rests }, cares }: { move: MovedContact; cares: boolean }) {
  const rules = [...fires.map((rule) => `+${rule}`), ...rests.map((rule) => `−${rule}`)];
  return (
    <li>
      <span>
        <Urgency level={before} /> → <Urgency level={after} />
      </span>
      <code>{rules.join(" ")}</code>
      {cares ? (
        <button type="button" class="text-button" onClick={() => openAtCare(contact_id)}>
          {t("content.to_contact")}
        </button>
      ) : (
        <code class="staff-small">{contact_id}</code>
      )}
    </li>
  );
}
