/** The words about the order of the queue, in three languages. */
import { register } from "../base/words";
import en from "../words/queue.en.json";
import nb from "../words/queue.nb.json";
import sv from "../words/queue.sv.json";

declare module "../base/words" {
  interface Catalogues {
    queue: typeof sv;
  }
}

register("queue", { sv, nb, en });
