/** Log-ins of both forms, from an address that the trusted proxy of a test server names. */
import { type Answer, md5, type TestServer } from './server.js';

export interface LogInOptions {
  username?: string;
  /** Default: 192.0.2.1. */
  from?: string;
}

/** As panels' clients do. */
export function panelLogIn(
  server: TestServer,
  password: string,
  { username = 'admin', from = '192.0.2.1' }: LogInOptions = {},
): Promise<Answer> {
  return server.call('GET', `/api/v1/login?username=${username}&password=${md5(password)}`, {
    headers: { 'x-forwarded-for': from },
  });
}

/** As our own clients do. */
export function plainLogIn(
  server: TestServer,
  password: string,
  { username = 'admin', from = '192.0.2.1' }: LogInOptions = {},
): Promise<Answer> {
  return server.call('POST', '/api/v1/login', {
    headers: { 'x-forwarded-for': from },
    body: { username, password },
  });
}

export function tokenOf(answer: Answer): string {
  return (answer.json as { token: string }).token;
}
