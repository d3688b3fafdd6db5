/** The words of what digital care has led to, in three languages. Figures are named by the service. */
import { register } from "../base/words";
import en from "../words/benefits.en.json";
import nb from "../words/benefits.nb.json";
import sv from "../words/benefits.sv.json";

declare module "../base/words" {
  interface Catalogues {
    benefits: typeof sv;
  }
}

register("benefits", { sv, nb, en });
