import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';

/*
 * The page lets nothing in, and asks for nothing that its user did not: a whole walk through the built page, as `npm start` serves
 * it, without one breach of its policy and without one request too many.
 */

const status = (page: Page) => page.getByRole('status', { name: 'Run status' });
const settled = (page: Page) =>
  expect(status(page)).toContainText(/settled|stopped/i, { timeout: 60_000 });
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });

/** Every breach of the policy, in the page and in its workers, and every error. */
function faultsOf(context: BrowserContext): string[] {
  const faults: string[] = [];
  context.on('console', (message) => {
    if (message.type() !== 'error') return;
    // What may lie beside the page and does not is looked for, and answered with 404.
    if (!message.text().includes('404')) faults.push(message.text());
  });
  context.on('weberror', (error) => faults.push(error.error().message));
  context.on('requestfailed', (request) => {
    if (request.failure()?.errorText.includes('csp')) faults.push(request.url());
  });
  return faults;
}

/** What is asked for, as "METHOD path" on this host, and whole addresses elsewhere; handed out once. */
function requestsOf(context: BrowserContext): () => string[] {
  let asked: string[] = [];
  context.on('request', (request) => {
    const { protocol, hostname, pathname } = new URL(request.url());
    if (protocol === 'data:' || protocol === 'blob:') return;
    const here = hostname === '127.0.0.1';
    asked.push(`${request.method()} ${here ? pathname : request.url()}`);
  });
  return () => {
    const since = asked;
    asked = [];
    return since;
  };
}

/** Those that none of the patterns allows. */
const besides = (asked: readonly string[], allowed: readonly RegExp[]) =>
  asked.filter((one) => !allowed.some((pattern) => pattern.test(one)));

const CODE = /^GET \/(assets\/[\w.-]+)?$/;
const ICON = /^GET \/(favicon\.svg|manifest\.webmanifest|icon-\d+\.png)$/;
const START = [
  CODE,
  ICON,
  /^GET \/models\/index\.json$/,
  /^GET \/models\/gncn-pdh\.safetensors$/,
  /^GET \/data\/mnist\/[\w-]+\.gz$/,
  // Whether these lie beside the page decides whether they can be chosen.
  /^HEAD \/data\/(kmnist|caltech101)\/[\w.-]+$/,
];

async function draw(page: Page) {
  const box = (await page.getByRole('img', { name: 'Drawing canvas' }).boundingBox())!;
  await page.mouse.move(box.x + 0.3 * box.width, box.y + 0.25 * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.7 * box.width, box.y + 0.25 * box.height, { steps: 6 });
  await page.mouse.move(box.x + 0.4 * box.width, box.y + 0.8 * box.height, { steps: 8 });
  await page.mouse.up();
}

async function save(page: Page, what: string, kind: 'PNG' | 'SVG') {
  const downloading = page.waitForEvent('download');
  await page
    .getByRole('button', { name: `Save ${what}`, exact: true })
    .first()
    .click();
  await page.getByRole('menuitem', { name: kind }).click();
  await (await downloading).path();
}

test.use({ serviceWorkers: 'block' });

test('a whole walk breaches no policy and asks for nothing that nobody asked for', async ({
  page,
  context,
}) => {
  const faults = faultsOf(context);
  const asked = requestsOf(context);

  // Draw and complete, with everything there is on show.
  await page.goto('#backend=wasm&density=numbers&speed=full');
  await settled(page);
  // Behind the headers that come with it, its workers may share memory.
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expect(page.getByRole('button', { name: 'Example digit' })).toBeEnabled();
  await expect.poll(() => page.getByRole('progressbar', { name: 'Loading progress' }).count()).toBe(0); // prettier-ignore
  const first = asked();
  expect(besides(first, START)).toEqual([]);
  // Nothing but code, of which every worker loads its own, is asked for twice.
  const files = besides(first, [CODE, ICON, /^HEAD /]);
  expect(files).toEqual([...new Set(files)]);
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await draw(page);
  await settled(page);
  await page.getByRole('combobox', { name: 'Occlusion' }).selectOption({ label: 'Right half' });
  await settled(page);
  for (const name of ['Fields', 'Sparsity', 'Composition', 'Curves', 'Neuron'])
    await tab(page, name).click();
  const { width, height } = (await page.getByTestId('layer-1-state').boundingBox())!;
  await page.getByTestId('layer-1-state').click({ position: { x: 0.4 * width, y: 0.3 * height } });
  await expect(page.getByRole('heading', { name: /^Neuron \d+, layer 1$/ })).toBeVisible();
  await page.getByRole('button', { name: 'Share link' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Help' }).click();
  await page.getByRole('button', { name: 'Close help' }).click();
  await page.getByRole('radio', { name: 'Story' }).check({ force: true });
  await page.getByRole('radio', { name: 'Numbers' }).check({ force: true });
  expect(besides(asked(), [CODE, ICON])).toEqual([]);

  // Train, look at what is kept and at pictures of it, sample.
  await tab(page, 'Train').click();
  await page.getByRole('button', { name: 'Start training' }).click();
  await expect(page.getByRole('status', { name: 'Autosave' })).toContainText('Kept', {
    timeout: 60_000,
  });
  await page.getByRole('button', { name: 'Pause training' }).click();
  await expect(page.getByRole('button', { name: 'Start training' })).toBeVisible();
  for (const name of ['Health', 'Runs']) await tab(page, name).click();
  await tab(page, 'Sample').click();
  await page.getByRole('button', { name: 'Draw samples' }).click();
  await expect(page.getByTestId('samples')).toBeVisible({ timeout: 120_000 });
  expect(besides(asked(), [CODE, ICON])).toEqual([]);

  // The user's own data.
  await tab(page, 'Complete').click();
  await page.getByRole('button', { name: 'Your data…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your data' });
  await expect(dialog.getByTestId('kept-mnist')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  expect(besides(asked(), [CODE, ICON, ...START.slice(-1)])).toEqual([]);

  // The Lab, and pictures taken away as vectors and as pixels.
  await tab(page, 'Lab').click();
  await expect(page.getByRole('table', { name: /^Table 1/ })).toBeVisible();
  await page.getByRole('link', { name: /^Figure 4/ }).click();
  await expect(page.getByRole('button', { name: 'Export SVG' })).toBeVisible();
  await tab(page, 'Complete').click();
  await save(page, 'Network, layer by layer', 'PNG');
  expect(besides(asked(), [CODE, ICON, /^GET \/lab\/[\w-]+\.json$/])).toEqual([]);

  expect(faults).toEqual([]);
});

test('the policy holds: no code of text, no inline script or style, no other host, no foreign frame', async ({
  page,
}) => {
  const response = await page.goto('#backend=wasm&dataset=synthetic');
  const headers = response!.headers();
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['referrer-policy']).toBe('no-referrer');
  await settled(page);
  const broken = await page.evaluate(async () => {
    const directives: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      directives.push(effectiveDirective),
    );
    const script = document.createElement('script');
    script.textContent = 'window.letIn = true';
    const style = document.createElement('style');
    style.textContent = 'body { display: none }';
    const picture = document.createElement('img');
    picture.src = 'https://example.org/a.png';
    const frame = document.createElement('iframe');
    frame.src = 'https://example.org/';
    document.body.append(script, style, picture, frame);
    await fetch('https://example.org/').catch(() => undefined);
    await fetch('https://storage.googleapis.com/other/').catch(() => undefined);
    // Only later: what a debugger evaluates is allowed to at first.
    const evaluated = await new Promise((resolve) =>
      setTimeout(() => {
        try {
          // oxlint-disable-next-line typescript/no-implied-eval, typescript/no-unsafe-call -- that it cannot be done is what is tested
          resolve(Function('return 1')());
        } catch (error) {
          resolve((error as Error).name);
        }
      }, 300),
    );
    await new Promise((resolve) => setTimeout(resolve, 0));
    return {
      evaluated,
      directives: [...new Set(directives)].sort(),
      letIn: 'letIn' in window,
      shown: getComputedStyle(document.body).display !== 'none',
    };
  });
  expect(broken.directives).toEqual(['connect-src', 'frame-src', 'img-src', 'script-src', 'script-src-elem', 'style-src-elem']); // prettier-ignore
  expect(broken).toMatchObject({ evaluated: 'EvalError', letIn: false, shown: true });
});
