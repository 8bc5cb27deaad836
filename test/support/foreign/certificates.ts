/** Certificates of a CA of our own, made with openssl. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith } from './folder.js';
import { program } from './programs.js';

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];

export interface Authority {
  readonly folder: string;
  /** The file that a client trusts. */
  readonly certificate: string;
  /** Makes `<file>.pem` and `<file>.key` in the folder, e.g. for `DNS:one.test`. */
  issue(file: string, alternativeName: string): void;
  /** Writes certificate and key of `file` into one, `<into>.pem`, as HAProxy wants them. */
  bundle(file: string, into: string): void;
}

export async function certificateAuthority(): Promise<Authority> {
  const folder = await folderWith();
  const openssl = (...args: string[]) =>
    execFileSync(program('openssl'), args, { cwd: folder, stdio: 'pipe' });
  const ca = ['-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Test CA'];
  openssl('req', '-x509', ...KEY, ...ca, '-addext', 'basicConstraints=critical,CA:TRUE');
  return {
    folder,
    certificate: join(folder, 'ca.pem'),
    issue(file, alternativeName) {
      const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2'];
      openssl('req', ...KEY, '-keyout', `${file}.key`, '-out', `${file}.csr`, '-subj', `/CN=${file}`);
      writeFileSync(join(folder, `${file}.ext`), `subjectAltName=${alternativeName}\n`);
      openssl(
        ...['x509', '-req', '-in', `${file}.csr`, '-out', `${file}.pem`, '-extfile', `${file}.ext`],
        ...signing,
      );
    },
    bundle(file, into) {
      const parts = ['pem', 'key'].map((kind) => readFileSync(join(folder, `${file}.${kind}`), 'utf8'));
      writeFileSync(join(folder, `${into}.pem`), parts.join(''));
    },
  };
}
