/** The words of duty, in three languages: at the workplace, and to patients before they write. */
import { register } from "../base/words";
import en from "../words/duty.en.json";
import nb from "../words/duty.nb.json";
import sv from "../words/duty.sv.json";

declare module "../base/words" {
  interface Catalogues {
    duty: typeof sv;
  }
}

register("duty", { sv, nb, en });
