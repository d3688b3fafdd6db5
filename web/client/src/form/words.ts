/** The words of forms, in three languages. */
import { register } from "../base/words";
import en from "../words/form.en.json";
import nb from "../words/form.nb.json";
import sv from "../words/form.sv.json";

declare module "../base/words" {
  interface Catalogues {
    form: typeof sv;
  }
}

register("form", { sv, nb, en });
