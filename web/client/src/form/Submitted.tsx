/** A form as it was answered: each question as it was worded, with its answer. */

import { t } from "../base/words";
import type { FormSubmitted } from "../wire";
import { inMine } from "./text";
import "./form.css";
import "./words";

export function Submitted({ body }: { body: FormSubmitted }) {
  return (
    <div>
      <p>
        <strong>{inMine(body.title)}</strong>
      </p>
      <dl class="form-answers" lang={body.lang}>
        {body.lines.map((line) => (
          <div key={line.link_id}>
            <dt>{line.question}</dt>
            <dd dir="auto">{line.answer}</dd>
          </div>
        ))}
      </dl>
      {body.scores.map((one) => (
        <p key={one.id}>
          {inMine(one.title)}: {one.complete ? one.total : t("form.staff_partial", { total: one.total })}{" "}
          {inMine(one.text)}
        </p>
      ))}
    </div>
  );
}
