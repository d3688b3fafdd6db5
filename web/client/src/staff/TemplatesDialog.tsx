/** Where reply templates are kept: one's own, and the unit's for those who answer for them. What is removed can be put back. */
import { useState } from "preact/hooks";
import { lang, locale, t } from "../base/words";
import type { Template, TemplateList } from "../wire";
import type { OpenContact } from "./contact";
import { Dialog } from "./Dialog";
import { TemplateForm } from "./TemplateForm";
import "./templates.css";
import "./template_words";

type Editing = { template: Template | null };

export function TemplatesDialog({ contact, close }: { contact: OpenContact; close(): void }) {
  const { templates } = contact;
  const [editing, setEditing] = useState<Editing | null>(null);
  const [removed, setRemoved] = useState<Template | null>(null);
  const list = templates.list.value;
  if (!list) return null;
  if (editing)
    return (
      <TemplateForm
        key={editing.template?.template_id ?? "new"}
        contact={contact}
        list={list}
        template={editing.template}
        close={() => setEditing(null)}
      />
    );
  const remove = (template: Template) =>
    void templates.remove(template).then((refusal) => setRemoved(refusal ? null : template));
  const undo = () => {
    if (removed) void templates.putBack(removed).then(() => setRemoved(null));
  };
  const edit = (template: Template) => setEditing({ template });
  return (
    <Dialog title={t("template.title")} close={close}>
      <p class="staff-small">{t("template.intro")}</p>
      <p role="status" class="template-removed">
        {templates.waits.value && `${t("template.waits")} `}
        {removed && (
          <>
            {t("template.removed", { title: removed.title })}{" "}
            <button type="button" class="text-button" onClick={undo}>
              {t("template.undo")}
            </button>
          </>
        )}
      </p>
      <Group
        title={t("template.own_title")}
        none={t("template.own_none")}
        templates={own(list)}
        {...{ edit, remove }}
      />
      <Group
        title={t("template.unit_title", { unit: list.unit })}
        none={t("template.unit_none")}
        note={list.may_share ? undefined : t("template.unit_read")}
        templates={shared(list)}
        {...(list.may_share ? { edit, remove } : {})}
      />
      <div class="staff-dialog-foot">
        <button type="button" class="ds-button" onClick={() => setEditing({ template: null })}>
          {t("template.add")}
        </button>
        <button type="button" class="ds-button" data-variant="secondary" onClick={close}>
          {t("staff.done")}
        </button>
      </div>
    </Dialog>
  );
}

const own = ({ templates }: TemplateList) => templates.filter(({ unit_id }) => unit_id === "");
/** The reader's own language first. */
const shared = ({ templates }: TemplateList) =>
  templates
    .filter(({ unit_id }) => unit_id !== "")
    .sort((one, other) => Number(other.lang === lang.value) - Number(one.lang === lang.value));

interface GroupProps {
  title: string;
  none: string;
  note?: string;
  templates: readonly Template[];
  edit?(template: Template): void;
  remove?(template: Template): void;
}

function Group({ title, none, note, templates, edit, remove }: GroupProps) {
  return (
    <section class="template-group">
      <h3>{title}</h3>
      {note && <p class="staff-small">{note}</p>}
      {templates.length === 0 && <p class="staff-small">{none}</p>}
      <ul>
        {templates.map((template) => (
          <li key={template.template_id} class="template-row">
            <About template={template} />
            <span class="template-acts">
              {edit && (
                <Act
                  word={t("template.edit")}
                  label={t("template.edit_named", { title: template.title })}
                  press={() => edit(template)}
                />
              )}
              {remove && (
                <Act
                  word={t("template.remove")}
                  label={t("template.remove_named", { title: template.title })}
                  press={() => remove(template)}
                />
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Act({ word, label, press }: { word: string; label: string; press(): void }) {
  return (
    <button type="button" class="text-button" aria-label={label} onClick={press}>
      {word}
    </button>
  );
}

/** Who answers for the text, and by when someone must have read it again. */
function About({ template }: { template: Template }) {
  const { title, abbreviation, version, owner_name, review_on, lang: written } = template;
  const late = review_on !== "" && review_on < new Date().toISOString().slice(0, 10);
  const language = new Intl.DisplayNames([locale()], { type: "language" }).of(written) ?? written;
  const day = review_on && new Date(review_on).toLocaleDateString(locale(), { dateStyle: "medium" });
  return (
    <div>
      <p>
        <span lang={written}>{title}</span> <kbd>/{abbreviation}</kbd>
      </p>
      <p class="staff-small">
        {[language, t("template.version", { n: version, owner: owner_name })].join(" · ")}
        {day && " · "}
        {day && (
          <span class={late ? "template-late" : undefined}>
            {t(late ? "template.review_late" : "template.review", { day })}
          </span>
        )}
      </p>
    </div>
  );
}
