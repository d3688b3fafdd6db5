import { describe, expect, it } from "vitest";
import { MemoryFileShelf } from "./file_shelf";
import { KeptFiles, MOST_BYTES } from "./kept_files";
import { KEPT_MS } from "./outbox";
import { Seal } from "./seal";

const CANARY = "kanariefågel";
const seal = (key_id: string, byte: number) =>
  Seal.from({ key_id, key: btoa(String.fromCharCode(...new Uint8Array(32).fill(byte))) });
const photo = (client_id: string, size = 3) => ({
  client_id,
  file: new File([CANARY.repeat(size)], `${CANARY}.jpg`, { type: "image/jpeg" }),
  caption: `Foten, ${CANARY}`,
});

class Device {
  readonly shelf = new MemoryFileShelf();
  now = 1_000_000;
  page = () => new KeptFiles(Promise.resolve(this.shelf), () => this.now);
}

/** A page on which somebody has signed in. */
async function opened(device: Device, key = "k1.astrid", byte = 7) {
  const files = device.page();
  return { files, found: await files.unlock(await seal(key, byte)) };
}

describe("files on their way", () => {
  it("come back whole for who sent them, by contact and in order, and lie there sealed", async () => {
    const device = new Device();
    const { files } = await opened(device);
    for (const id of ["a", "b"]) {
      expect(await files.keep("c1", photo(id))).toBe(true);
      device.now += 1;
    }
    await files.keep("c2", photo("c"));
    const [kept] = await device.shelf.all();
    const lying = [kept?.about.data, kept?.bytes.data].map((data) => new TextDecoder().decode(data)).join();
    expect(lying).not.toContain(CANARY);
    const { found } = await opened(device);
    expect([...found].map(([contact, sent]) => [contact, sent.map((one) => one.client_id)])).toEqual([
      ["c1", ["a", "b"]],
      ["c2", ["c"]],
    ]);
    const back = found.get("c1")?.[0];
    expect([await back?.file.text(), back?.file.name, back?.file.type, back?.caption]).toEqual([
      CANARY.repeat(3),
      `${CANARY}.jpg`,
      "image/jpeg",
      `Foten, ${CANARY}`,
    ]);
  });

  it("are nobody else's", async () => {
    const device = new Device();
    await (await opened(device)).files.keep("c1", photo("a"));
    expect((await opened(device, "k1.nils", 8)).found.size).toBe(0);
    expect((await opened(device, "k1.astrid", 8)).found.size).toBe(0);
  });

  it("stay in the page where there is no key, no room and no store", async () => {
    const device = new Device();
    expect(await device.page().keep("c1", photo("a"))).toBe(false);
    expect(await new KeptFiles(Promise.resolve(null), () => 0).keep("c1", photo("a"))).toBe(false);
    const { files } = await opened(device);
    const large = { client_id: "b", file: new File([new Uint8Array(MOST_BYTES)], "b"), caption: "" };
    expect(await files.keep("c1", large)).toBe(true);
    expect(await files.keep("c1", photo("c"))).toBe(false);
    files.drop("b");
    expect(await files.keep("c1", photo("c"))).toBe(true);
  });

  it("do not come back when they were taken while they were being sealed", async () => {
    const device = new Device();
    const { files } = await opened(device);
    const keeping = files.keep("c1", photo("a"));
    files.drop("a");
    await keeping;
    await files.expire();
    expect(await device.shelf.all()).toEqual([]);
  });

  it("are told of before anybody has signed in, and gone after a day", async () => {
    const device = new Device();
    await (await opened(device)).files.keep("c1", photo("a"));
    const page = device.page();
    await page.expire();
    expect([page.sealed.value, page.expired.value]).toEqual([1, 0]);
    device.now += KEPT_MS + 1;
    await page.expire();
    expect([page.sealed.value, page.expired.value, await device.shelf.all()]).toEqual([0, 1, []]);
  });

  it("are all gone at sign-out", async () => {
    const device = new Device();
    const { files } = await opened(device);
    await files.keep("c1", photo("a"));
    await files.empty();
    expect([await device.shelf.all(), await files.keep("c1", photo("b"))]).toEqual([[], false]);
  });
});
