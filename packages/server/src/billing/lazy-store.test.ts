import { afterEach, expect, it, vi } from "vitest";
import { memory } from "../stores/memory/memory.js";
import { createLazyStore } from "./lazy-store.js";

const stop = vi.fn(async () => {});
const startJobs = vi.fn(async () => stop);
const create = () => createLazyStore(memory(), "default", async () => {}, startJobs);

afterEach(() => vi.clearAllMocks());

it("opens once, however many ask at once", async () => {
  const lazy = create();
  await Promise.all([lazy.open(), lazy.open(), lazy.bind()]);
  expect(startJobs).toHaveBeenCalledTimes(1);
});

it("starts nothing again for what still runs while it closes, or comes later", async () => {
  const lazy = create();
  const { store } = await lazy.open();
  // A job that has just begun opens the store, as does a probe of the host's.
  stop.mockImplementationOnce(async () => expect((await lazy.open()).store).toBe(store));
  await lazy.close();
  await lazy.open();
  expect(startJobs).toHaveBeenCalledTimes(1);
  expect(stop).toHaveBeenCalledTimes(1);
});

it("closes once, and not before what opens it is through", async () => {
  const lazy = create();
  const opening = lazy.open();
  await Promise.all([lazy.close(), lazy.close()]);
  await opening;
  expect(stop).toHaveBeenCalledTimes(1);
});

it("is not opened any more once it was closed", async () => {
  const lazy = create();
  await lazy.close();
  await expect(lazy.open()).rejects.toMatchObject({ code: "store_unavailable" });
  expect(startJobs).not.toHaveBeenCalled();
});
