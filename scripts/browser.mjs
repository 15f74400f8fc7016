// Finds a Chromium for the browser tests, and installs one where there is none. Prints its path.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const INSTALL_TIMEOUT_MS = 120_000;

const SYSTEM_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge',
];
const MAC_PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

/** Chromium without the windows around the page, as Playwright itself uses it: a third faster than the whole browser. */
const HEADLESS = 'chromium-headless-shell';

/** Where a browser may come from: the fast one where it is to be had, then any. */
const SOURCES = [
  ['CHROMIUM_PATH', () => process.env.CHROMIUM_PATH],
  ['Playwright', playwrightPath],
  ['the system', () => which(HEADLESS)],
  ['apt', () => installWithApt(HEADLESS)],
  ['the system', () => SYSTEM_NAMES.map(which).find(Boolean)],
  ['macOS', () => MAC_PATHS.find((file) => existsSync(file))],
  ['apt', () => installWithApt('chromium')],
  ['a download by Playwright', downloadWithPlaywright],
];

/**
 * The path of a Chromium that runs.
 * @returns {string}
 */
export function findBrowser() {
  for (const [name, find] of SOURCES) {
    const file = attempt(find);
    if (file && runs(file)) {
      console.error(`Browser: ${file} (from ${name})`);
      return file;
    }
  }
  throw new Error(
    'There is no Chromium. Install one ("apt-get install chromium", "npx playwright install chromium") or set CHROMIUM_PATH.',
  );
}

/** A source that fails is one that has no browser. */
function attempt(find) {
  try {
    return find();
  } catch {
    return undefined;
  }
}

function runs(file) {
  return (
    existsSync(file) && spawnSync(file, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0
  );
}

function which(name) {
  return spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout?.trim() || undefined;
}

function playwrightPath() {
  return require('playwright-core').chromium.executablePath();
}

function installWithApt(name) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !which('apt-get')) return undefined;
  const options = {
    stdio: ['ignore', 2, 2],
    timeout: INSTALL_TIMEOUT_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], options);
  return which(name);
}

function downloadWithPlaywright() {
  spawnSync(process.execPath, ['node_modules/.bin/playwright', 'install', 'chromium'], {
    stdio: ['ignore', 2, 2],
    timeout: INSTALL_TIMEOUT_MS,
  });
  return playwrightPath();
}

if (process.argv[1]?.endsWith('browser.mjs')) console.log(findBrowser());
