/** What follows from a change, read before it is done. */
import { t } from "../base/words";
import type { Foreseen, PersonChange } from "../wire";
import { foreseenWords } from "./change_words";

export function WhatFollows({ change, foreseen }: { change: PersonChange; foreseen: Foreseen }) {
  return (
    <section class="register-follows" aria-label={t("register.follows")}>
      <h3>{t("register.follows")}</h3>
      <ul>
        {foreseenWords(change, foreseen).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
