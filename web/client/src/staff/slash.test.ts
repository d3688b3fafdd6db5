import { describe, expect, it } from "vitest";
import type { Fills, Template } from "../wire";
import { filled, finishedAt, matching, meant, placesLeft, slashAt } from "./slash";

const FILLS: Fills = {
  name: "Astrid",
  unit: "Hamnen",
  clinician: "Sara",
  phone: "",
  emergency: "112",
  advice: "1177",
};

function template(abbreviation: string, more: Partial<Template> = {}): Template {
  const who = { owner_id: "leila", owner_name: "Leila", unit_id: "hamnen", review_on: "2027-05-01", removed: false };
  return { template_id: abbreviation, version: 1, lang: "sv", title: "x", text: "y", abbreviation, ...who, ...more };
}

describe("a slash being written", () => {
  it("is one only at the beginning of a word", () => {
    expect(slashAt("/", 1)).toEqual({ from: 0, word: "" });
    expect(slashAt("Hej /Me", 7)).toEqual({ from: 4, word: "me" });
    expect(slashAt("och/eller", 9)).toBeNull();
    expect(slashAt("https://fyr.se/", 15)).toBeNull();
    expect(slashAt("/hej nu", 7)).toBeNull();
  });

  it("looks at what is before the cursor", () => {
    expect(slashAt("/he och mer", 3)).toEqual({ from: 0, word: "he" });
  });

  it("is finished by a space or a new line", () => {
    expect(finishedAt("Ja. /sämre ", 11)).toEqual({ from: 4, word: "sämre" });
    expect(finishedAt("/hej\n", 5)).toEqual({ from: 0, word: "hej" });
    expect(finishedAt("/hej", 4)).toBeNull();
    expect(finishedAt("/ ", 2)).toBeNull();
  });
});

describe("what it may mean", () => {
  const hej = template("hej");
  const own = template("hej", { template_id: "own", unit_id: "" });
  const mer = template("mer", { title: "Fråga mer, efter hej" });

  it("puts a whole abbreviation first, own before shared", () => {
    expect(matching([mer, hej, own], "sv", "hej")).toEqual([own, hej, mer]);
    expect(matching([mer, hej], "sv", "")).toEqual([mer, hej]);
  });

  it("is of the conversation's language only", () => {
    expect(matching([hej], "en", "hej")).toEqual([]);
    expect(meant([hej], "en", "hej")).toBeNull();
  });

  it("is nothing when two could be meant", () => {
    expect(meant([hej, own], "sv", "hej")).toBe(own);
    expect(meant([hej, { ...hej, template_id: "other" }], "sv", "hej")).toBeNull();
    expect(meant([mer], "sv", "me")).toBeNull();
  });
});

describe("filling it in", () => {
  it("fills what is known and leaves the rest to be seen", () => {
    const text = filled("Hej {name}! Ring {phone} eller {emergency}. {nix}", FILLS);
    expect(text).toBe("Hej Astrid! Ring {phone} eller 112. {nix}");
    expect(placesLeft(text)).toEqual(["{phone}"]);
  });

  it("does not fill what a name brings along", () => {
    expect(filled("{name}", { ...FILLS, name: "{clinician}" })).toBe("{clinician}");
  });
});
