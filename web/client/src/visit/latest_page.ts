/** Which of one person's pages is in the visit: the one that said so last, and of two at once the same on both. Pure. */
import type { PageHere } from "../wire";

export type Said = Pick<PageHere, "page_id" | "said_ms">;

export class LatestPage {
  private own: Said | null = null;
  private others: Said | null = null;

  constructor(private readonly page: string) {}

  /**
   * Takes one in. Another's word counts once our own has come back, since only then it is known which was later. Whoever
   * is older and spoke after us has not heard us (or its service's clock is behind): it is told again.
   */
  heard(said: Said): "let_go" | "say_again" | null {
    const mine = said.page_id === this.page;
    if (mine) this.own = later(this.own, said);
    else this.others = later(this.others, said);
    if (!this.own || !this.others) return null;
    if (later(this.own, this.others) === this.others) return "let_go";
    return mine ? null : "say_again";
  }
}

function later(known: Said | null, said: Said): Said {
  if (!known || said.said_ms > known.said_ms) return said;
  return said.said_ms === known.said_ms && said.page_id > known.page_id ? said : known;
}
