// What comes from Debian when we may install it: Chromium for the browser tests, PostgreSQL as the second database.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'

const CHROMIUMS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

/** The browser's path, installed first when that is possible; otherwise what to do, as `advice`. */
export function ensureChromium() {
  const given = process.env.CHROMIUM_PATH
  if (given)
    return existsSync(given)
      ? { path: given }
      : { advice: `CHROMIUM_PATH is ${given}, which does not exist.` }
  const there = findChromium()
  if (there) return { path: there }
  if (install('chromium')) return { path: findChromium() }
  return {
    advice:
      'There is no Chromium. Install it (Debian: sudo apt-get install chromium) or set CHROMIUM_PATH, then run the command again.',
  }
}

/** Screenshots without a Chinese font show boxes; a missing one is installed when we may, and said otherwise. */
export function ensureChineseFonts() {
  const there = spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).stdout?.trim()
  if (there || install('fonts-noto-cjk')) return
  console.error(
    'There is no Chinese font: Chinese text will show as boxes (Debian: apt-get install fonts-noto-cjk).',
  )
}

function findChromium() {
  return CHROMIUMS.map((name) =>
    spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout?.trim(),
  ).find(Boolean)
}

const DEBIAN_POSTGRES = '/usr/lib/postgresql'

/** The folder with Debian's `initdb` and `postgres`, or undefined. */
export function ensureDebianPostgres() {
  const find = () => {
    if (!existsSync(DEBIAN_POSTGRES)) return undefined
    const versions = readdirSync(DEBIAN_POSTGRES)
      .map(Number)
      .filter((version) => version >= 15)
    const newest = Math.max(0, ...versions)
    const folder = `${DEBIAN_POSTGRES}/${newest}/bin`
    return existsSync(`${folder}/initdb`) ? folder : undefined
  }
  return find() ?? (install('postgresql') ? find() : undefined)
}

let listsAreFresh = false

function install(name) {
  const mayInstall = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0
  if (!mayInstall) return false
  console.log(`installing ${name} (apt-get) …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...words) =>
    spawnSync('apt-get', ['-qq', ...words], { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
  if (!listsAreFresh && !apt('update')) return false
  listsAreFresh = true
  return apt('install', '-y', '--no-install-recommends', name)
}
