/** The words of the desks somebody may work at, in three languages. */
import { register } from "../base/words";
import en from "../words/desk.en.json";
import nb from "../words/desk.nb.json";
import sv from "../words/desk.sv.json";

declare module "../base/words" {
  interface Catalogues {
    desk: typeof sv;
  }
}

register("desk", { sv, nb, en });
