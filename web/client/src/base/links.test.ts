import { describe, expect, it } from "vitest";
import { stretches } from "./links";

const linked = (text: string) => stretches(text).flatMap(({ text: written, href }) => (href ? [[written, href]] : []));

describe("what becomes a link", () => {
  it.each([
    ["Läs på https://www.1177.se/feber nu", "https://www.1177.se/feber", "https://www.1177.se/feber"],
    ["se 1177.se.", "1177.se", "https://1177.se"],
    ["Ring 070-123 45 67 i kväll", "070-123 45 67", "tel:0701234567"],
    ["mitt nummer är 0701234567", "0701234567", "tel:0701234567"],
    ["+46 70 123 45 67", "+46 70 123 45 67", "tel:+46701234567"],
    ["Nås på 08-123 456 78.", "08-123 456 78", "tel:0812345678"],
    ["ring meg på 900 12 345", "900 12 345", "tel:90012345"],
    ["Legevakten: 22 33 44 55", "22 33 44 55", "tel:22334455"],
    ["Ring 113 med en gang", "113", "tel:113"],
    ["call 112", "112", "tel:112"],
    ["Ta kontakt med 116 117", "116 117", "tel:116117"],
    ["1177 svarar dygnet runt", "1177", "tel:1177"],
  ])("%s", (text, written, href) => {
    expect(linked(text)).toEqual([[written, href]]);
  });
});

describe("what stays plain", () => {
  it.each([
    "puls 112 och blodtryck 180/110",
    "SpO2 88 %, temp 39,4",
    "född 850312-1234",
    "19850312-1234",
    "010203-1234",
    "12057512345",
    "120575 12345",
    "2026-11-26 kl 14.30",
    "01-02-2024",
    "20240102",
    "javascript:alert(1)",
    "data:text/html,<script>",
    "anna@example.com",
    "tog 500 mg x 3",
    "1 000 000",
  ])("%s", (text) => {
    expect(linked(text)).toEqual([]);
  });
});

it("loses and changes nothing", () => {
  const text =
    "Se https://a.se/?q=<b>&x=1 eller 070-123 45 67, född 850312-1234 😀\n<script>alert(1)</script> ring 112";
  expect(
    stretches(text)
      .map((one) => one.text)
      .join(""),
  ).toBe(text);
});
