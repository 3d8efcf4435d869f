import { readFileSync } from 'node:fs';

import { chromium } from '@playwright/test';

/* Draws the icons of the installed page from public/favicon.svg: `CHROME_PATH=… npx tsx build/icons.ts`, after the drawing changed. */

const executablePath = process.env['CHROME_PATH'];
const drawing = readFileSync('public/favicon.svg', 'utf8');
const browser = await chromium.launch(executablePath ? { executablePath } : {});
for (const side of [192, 512]) {
  const page = await browser.newPage({ viewport: { width: side, height: side } });
  // A launcher may cut the edge off (a "maskable" icon): what is drawn keeps clear of it.
  await page.setContent(
    `<style>body { margin: 0; background: #fff; display: grid; place-items: center; height: 100vh } svg { width: 72%; height: 72% }</style>${drawing}`,
  );
  await page.screenshot({ path: `public/icon-${side}.png` });
}
await browser.close();
