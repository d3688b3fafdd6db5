/** One fact of the open contact under its heading. */
import type { ComponentChildren } from "preact";

export function Fact({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="staff-fact">
      <h3>{title}</h3>
      {children}
    </section>
  );
}
