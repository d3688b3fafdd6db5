/** A saved note in four parts, in the conversation: each sentence still leads to the entries it rests on. */
import { t } from "../base/words";
import type { Workplace } from "../staff/workplace";
import type { NoteSentence } from "../wire";
import { Links } from "./NoteDraft";
import { PARTS } from "./note";
import "./note.css";
import "./words";

export interface NoteShownProps {
  sentences: readonly NoteSentence[];
  workplace: Pick<Workplace, "pane">;
}

export function NoteShown({ sentences, workplace }: NoteShownProps) {
  return (
    <dl class="note-shown">
      {PARTS.filter((part) => sentences.some((one) => one.part === part)).map((part) => (
        <div key={part}>
          <dt>{t(`note.${part}`)}</dt>
          <dd>
            {sentences
              .filter((one) => one.part === part)
              .map(({ text, nos }, at) => (
                <p key={at} dir="auto">
                  {text} <Links nos={nos ?? []} workplace={workplace} />
                </p>
              ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
