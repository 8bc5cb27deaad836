/** Packages of npm that only these tests use; they lie in test/foreign/packages, apart from the project's own. */
import { createRequire } from 'node:module';

const load = createRequire(new URL('../../foreign/packages/package.json', import.meta.url));

/** What the package exports. Throws `not run: …` when it is not installed. */
export function foreignPackage<Exports>(name: string): Exports {
  try {
    load.resolve(name);
  } catch {
    throw new Error(`not run: ${name} is not installed`);
  }
  return load(name) as Exports;
}
