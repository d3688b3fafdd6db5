/** The words of reply templates, in three languages. */
import { register } from "../base/words";
import en from "../words/template.en.json";
import nb from "../words/template.nb.json";
import sv from "../words/template.sv.json";

declare module "../base/words" {
  interface Catalogues {
    template: typeof sv;
  }
}

register("template", { sv, nb, en });
