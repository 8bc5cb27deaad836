import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../../domain/errors.js';
import { md5Hex } from '../../domain/login.js';
import { readShape } from '../../domain/shape.js';
import { callerOf } from '../caller.js';
import type { LoginAnswer } from '../contract/login.js';
import { jsonBody, queryParameter } from '../request-body.js';
import type { RouteParts } from './route-parts.js';

/** Both optional, since the contract has its own text for what is missing here. */
const MEMBERS = {
  username: { kind: 'string', required: false },
  password: { kind: 'string', required: false },
} as const;

export function loginRoutes(app: FastifyInstance, { credentials, tokens, store }: RouteParts): void {
  const logIn = async (username: string, md5: string, { ip }: FastifyRequest): Promise<LoginAnswer> => {
    const user = await credentials.verify(username, md5, ip);
    if (!user) throw new Refusal('wrong-login');
    return { token: await tokens.issue(user, ip), account_type: user.accountType };
  };

  app.get('/api/v1/login', { config: { access: 'open' } }, (request) => {
    const username = queryParameter(request, 'username');
    const md5 = queryParameter(request, 'password');
    if (username === null || md5 === null) throw new Refusal('login-parameters-missed');
    return logIn(username, md5.toLowerCase(), request);
  });

  app.post('/api/v1/login', { config: { access: 'open' } }, (request) => {
    const { username, password } = readShape(jsonBody(request), MEMBERS);
    if (!username || !password) throw new Refusal('login-parameters-missed');
    return logIn(username, md5Hex(password), request);
  });

  app.route({
    method: ['GET', 'POST'],
    url: '/api/v1/logout',
    config: { access: 'account' },
    handler: async (request) => {
      const { tokenHash } = callerOf(request);
      if (tokenHash !== null) await store.people.endToken(tokenHash);
      return {};
    },
  });
}
