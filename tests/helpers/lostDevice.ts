import type { Page, Worker } from '@playwright/test';

/** The engine's thread, in which the device can be had. */
export async function engineWithDevice(page: Page): Promise<() => Worker> {
  await page.route(/\/assets\/main-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    const body = `if (globalThis.GPUAdapter) { const ask = GPUAdapter.prototype.requestDevice; GPUAdapter.prototype.requestDevice = async function (...given) { return (globalThis.devices = [...(globalThis.devices ?? []), await ask.apply(this, given)]).at(-1); }; }\n${await response.text()}`; // prettier-ignore
    await route.fulfill({ response, body });
  });
  return () => page.workers().find((worker) => worker.url().includes('/main-'))!;
}
/** Destroys the device that computes: whatever waits for it fails. */
export const loseDevice = (worker: Worker) =>
  worker.evaluate(() =>
    (globalThis as unknown as { devices: GPUDevice[] }).devices.at(-1)!.destroy(),
  );
