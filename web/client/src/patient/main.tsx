/** The patient's page starts here: paint first, then ask who is signed in, then keep the shell for times without a line. */
import { render } from "preact";
import { onTheirWay } from "../attachment/uploads";
import "../base/theme.css";
import { shell } from "../base/shell";
import { steadyPresses } from "../base/steady_press";
import { startLanguage } from "../base/words";
import "./words";
import { App } from "./App";
import { watchBack } from "./over";
import { outbox, startSession } from "./session";
import { startSteps } from "./steps";
import { flush, onlyHere } from "./typed";
import { keepShell } from "./version";

/** Where a browser keeps nothing, texts live in this page only: it asks before they are thrown away. */
function warnBeforeLosing(event: BeforeUnloadEvent): void {
  void flush();
  const lost = [...outbox.unsent.value, ...onTheirWay.value].some((item) => !item.kept);
  if (onlyHere.value || lost) event.preventDefault();
}

startLanguage(shell.country);
steadyPresses();
startSteps();
watchBack();
addEventListener("beforeunload", warnBeforeLosing);
const root = document.getElementById("app");
if (root) render(<App />, root);

requestAnimationFrame(() => setTimeout(() => void startSession()));
if ("serviceWorker" in navigator) addEventListener("load", () => void keepShell());
