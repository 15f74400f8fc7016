// Completes package-lock.json: `npm run lock`, after every change of a dependency.
//
// A registry that does not serve every platform's optional package makes npm leave that package out of the lock, and
// `npm ci` then refuses the lock on other machines. An entry with the exact version its parent asks for repairs that.
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'package-lock.json';
const SYSTEMS = [
  'darwin',
  'win32',
  'linux',
  'android',
  'freebsd',
  'openbsd',
  'netbsd',
  'sunos',
  'aix',
  'openharmony',
];
const PROCESSORS = [
  'arm64',
  'x64',
  'ia32',
  'arm',
  'ppc64',
  's390x',
  'riscv64',
  'loong64',
  'mips64el',
  'wasm32',
];

/**
 * The optional packages that the lock's packages ask for by exact version and the lock does not hold.
 * @param {{ packages: Record<string, any> }} lock
 * @returns {{ name: string, version: string, dev: boolean }[]}
 */
export function missingFromLock({ packages }) {
  const missing = new Map();
  for (const [place, { optionalDependencies = {}, dev = false }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const isExact = /^\d+\.\d+\.\d+/.test(version);
      if (isExact && !isHeld(packages, place, name)) missing.set(name, { name, version, dev });
    }
  }
  return [...missing.values()];
}

/** Node resolves a package from the asking package's own folder upwards. */
function isHeld(packages, place, name) {
  for (let folder = place; ; folder = parentOf(folder)) {
    if (packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
}

function parentOf(folder) {
  const end = folder.lastIndexOf('/node_modules/');
  return end < 0 ? '' : folder.slice(0, end);
}

function entryOf({ name, version, dev }) {
  const words = name.split(/[-/]/);
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  return {
    version,
    optional: true,
    ...(dev ? { dev: true } : {}),
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(os.length > 0 ? { os } : {}),
  };
}

if (process.argv[1]?.endsWith('complete-lock.mjs')) {
  const lock = JSON.parse(readFileSync(FILE, 'utf8'));
  const missing = missingFromLock(lock);
  for (const found of missing) lock.packages[`node_modules/${found.name}`] = entryOf(found);
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${FILE}: ${missing.length} entries added. ${missing.map(({ name }) => name).join(' ')}`);
}
