/** The words of the walls between units and the doors in them, in three languages. */
import { register } from "../base/words";
import en from "../words/door.en.json";
import nb from "../words/door.nb.json";
import sv from "../words/door.sv.json";

declare module "../base/words" {
  interface Catalogues {
    door: typeof sv;
  }
}

register("door", { sv, nb, en });
