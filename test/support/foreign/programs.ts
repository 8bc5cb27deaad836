/** Programs that others wrote, as Debian has them; `npm run test:foreign` installs them. */
import { DEBIAN_PACKAGES, findProgram } from '../../../scripts/foreign-programs.mjs';

/** The path of an installed program. Throws `not run: …` when it is missing, which fails the test by that name. */
export function program(name: string): string {
  if (!(name in DEBIAN_PACKAGES)) throw new Error(`${name} is not in test/support/foreign/programs.json`);
  const path = findProgram(name);
  if (path === null) throw new Error(`not run: ${name} is not installed`);
  return path;
}
