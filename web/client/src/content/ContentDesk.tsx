/** The desk for clinical content: which set judges, what a proposed one would change, and who answers for it. */
import { useEffect } from "preact/hooks";
import { newId } from "../base/id";
import { t } from "../base/words";
import { useAsking } from "../desk/asking";
import { DeskFrame, type DeskProps } from "../desk/DeskFrame";
import { OF_CARE } from "../desk/desks";
import { refusalWords } from "../staff/refusal_words";
import type { ContentSets } from "../wire";
import { ContentSet } from "./ContentSet";
import "./words";
import "./content.css";

export function ContentDesk(props: DeskProps) {
  const { connection, me } = props;
  const cares = me.roles.some(({ role }) => OF_CARE.includes(role));
  const list = useAsking<ContentSets>();
  const load = () => list.ask(connection.call("content:list", {}));
  useEffect(() => connection.onUp(() => void load()), [connection]);
  const told = list.answer;
  return (
    <DeskFrame {...props}>
      <div class="desk-page">
        <h1 class="ds-heading">{t("content.title")}</h1>
        <p>{t("content.lead")}</p>
        {list.refusal && (
          <p role="alert" class="staff-problem">
            {refusalWords(list.refusal.code)}
          </p>
        )}
        {told && (
          <>
            <p>
              {t("content.judging")} <code class="content-version">{told.judging}</code>
            </p>
            {told.sets.length === 0 && <p>{t("content.none")}</p>}
            {told.sets.map((set) => (
              <ContentSet
                key={set.version}
                set={set}
                judging={told.judging}
                connection={connection}
                cares={cares}
                approve={() =>
                  connection.insist("content:approve", {
                    client_id: newId(),
                    content_version: set.version,
                    sha256: set.sha256,
                  })
                }
                withdraw={(reason) =>
                  connection.insist("content:withdraw", { client_id: newId(), content_version: set.version, reason })
                }
                changed={load}
              />
            ))}
          </>
        )}
      </div>
    </DeskFrame>
  );
}
