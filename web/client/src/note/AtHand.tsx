/** What lies at hand beside the conversation: images and documents, and every number the patient was asked for. */
import { pathOf } from "../attachment/tus";
import { t } from "../base/words";
import type { OpenContact } from "../staff/contact";
import { Fact } from "../staff/Fact";
import { clock } from "../staff/times";
import { valueWords } from "../staff/values";
import type { Workplace } from "../staff/workplace";
import { measuredIn, vitalsWords } from "../vitals/vitals";
import { filesOf, measuredOf } from "./at_hand";
import { showEntry } from "./show_entry";
import "./note.css";
import "./words";

export interface AtHandProps {
  contact: OpenContact;
  workplace: Workplace;
}

export function Measured({ contact, workplace }: AtHandProps) {
  const measured = measuredOf(contact.entries.value);
  const told = measuredIn(contact.entries.value);
  if (measured.length + told.length === 0) return null;
  return (
    <Fact title={t("note.measured")}>
      <ul>
        {told.map(({ no, at, vitals }) => (
          <li key={no}>
            <button type="button" class="text-button" onClick={() => showEntry(workplace, no)}>
              <strong>{vitalsWords(vitals)}</strong>
            </button>{" "}
            <span class="staff-small">{clock(at)}</span>
          </li>
        ))}
        {measured.map(({ no, at, wording, value }) => (
          <li key={no}>
            {wording}{" "}
            <button type="button" class="text-button" onClick={() => showEntry(workplace, no)}>
              <strong>{valueWords(value)}</strong>
            </button>{" "}
            <span class="staff-small">{clock(at)}</span>
          </li>
        ))}
      </ul>
    </Fact>
  );
}

export function Files({ contact, workplace }: AtHandProps) {
  const files = filesOf(contact.entries.value);
  if (files.length === 0) return null;
  return (
    <Fact title={t("note.files")}>
      <ul class="note-files">
        {files.map(({ no, attachment, name, caption }) => (
          <li key={attachment}>
            <button
              type="button"
              aria-label={t("note.file", { name: caption || name })}
              onClick={() => showEntry(workplace, no)}
            >
              <img src={`${pathOf(contact.id, attachment)}/thumbnail`} alt="" loading="lazy" />
              <span>{caption || name}</span>
            </button>
          </li>
        ))}
      </ul>
    </Fact>
  );
}
