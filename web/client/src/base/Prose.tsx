/** What a person wrote, as it was written: addresses and numbers may be followed, a long text is folded. Never HTML. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { foldAt } from "./fold";
import { stretches } from "./links";
import { t } from "./words";
import "./prose.css";

/** A text with its links. An address opens beside the page, and is told nothing of where one came from. */
export function Linked({ text }: { text: string }) {
  return (
    <>
      {stretches(text).map(({ text: words, href }, index) =>
        href ? <Link key={index} href={href} words={words} /> : words,
      )}
    </>
  );
}

function Link({ href, words }: { href: string; words: string }) {
  if (href.startsWith("tel:"))
    return (
      <a class="prose-link" href={href}>
        {words}
      </a>
    );
  return (
    <a
      class="prose-link"
      href={href}
      title={t("base.opens_beside", { where: href })}
      target="_blank"
      rel="noopener noreferrer nofollow"
    >
      {words}
    </a>
  );
}

interface FoldedProps {
  text: string;
  /** What has not been answered yet is never folded: nobody may overlook the end of it. */
  whole?: boolean;
  show(text: string): ComponentChildren;
}

/** A text that is shown whole on request when it is very long. */
export function Folded({ text, whole = false, show }: FoldedProps) {
  const [open, setOpen] = useState(false);
  const cut = whole ? null : foldAt(text);
  if (cut === null) return <>{show(text)}</>;
  return (
    <>
      {show(open ? text : `${[...text].slice(0, cut).join("")} …`)}{" "}
      <button type="button" class="text-button prose-fold" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? "base.show_less" : "base.show_all")}
      </button>
    </>
  );
}

/** The name of a language, for a text in another language than the conversation's; null when it need not be said. */
export function otherLanguage(spoken: string | null, conversation: string, reader: string): string | null {
  if (!spoken || spoken === conversation) return null;
  return new Intl.DisplayNames([reader], { type: "language" }).of(spoken) ?? spoken;
}
