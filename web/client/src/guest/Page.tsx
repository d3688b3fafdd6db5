/** One screen before or after the visit: a heading and what it says or asks. */
import type { ComponentChildren } from "preact";

export function Page({ name, title, children }: { name: string; title: string; children?: ComponentChildren }) {
  return (
    <main class="guest-page" data-screen={name}>
      <h1 class="ds-heading" data-size="md">
        {title}
      </h1>
      {children}
    </main>
  );
}
