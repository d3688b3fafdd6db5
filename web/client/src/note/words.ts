/** The words of the note in four parts, of earlier contacts and of what lies at hand, in three languages. */
import { register } from "../base/words";
import en from "../words/note.en.json";
import nb from "../words/note.nb.json";
import sv from "../words/note.sv.json";

declare module "../base/words" {
  interface Catalogues {
    note: typeof sv;
  }
}

register("note", { sv, nb, en });
