import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Refusal } from '../../domain/errors.js';
import { type LoginAttempt, panelLogin, plainLogin } from '../../domain/login.js';
import { readShape } from '../../domain/shape.js';
import { callerOf } from '../caller.js';
import { Done } from '../contract/done.js';
import { LoginAnswer, LoginBody } from '../contract/login.js';
import { operation, SHAPE_ERRORS, serve } from '../contract/operation.js';
import { refuseOtherSites } from '../other-sites.js';
import { jsonBody, queryParameter } from '../request-body.js';
import type { RouteParts } from './route-parts.js';

/** Both optional, since the contract has its own text for what is missing here. */
const MEMBERS = {
  username: { kind: 'string', required: false },
  password: { kind: 'string', required: false },
} as const;

const LOGGED_IN = {
  schema: LoginAnswer,
  example: {
    token: 'k4Zr0c1Vb7Qm2Xs9Tf5Hy8Lw3Nd6Pg0Ja4Ue7Ki1Ro5Cv9Bx2Mz6Sq8Dt3Fh7Gy1',
    account_type: 'admin',
  },
};

const logOut = <const Method extends 'GET' | 'POST', const Id extends string>(method: Method, id: Id) =>
  operation({
    id,
    tag: 'Log in',
    method,
    path: '/api/v1/logout',
    summary: 'End the token that is used',
    access: 'account',
    answer: { json: { schema: Done, example: {} } },
    errors: [],
  });

export const LOGIN_OPERATIONS = {
  panel: operation({
    id: 'logInAsPanel',
    tag: 'Log in',
    method: 'GET',
    path: '/api/v1/login',
    summary: 'Get a token, as clients of panels do',
    description: 'The token lives for 2 hours. Any `Authorization` header is ignored.',
    access: 'open',
    query: {
      username: { schema: Type.String({ examples: ['admin'] }), description: '', required: true },
      password: {
        schema: Type.String({ examples: ['5f4dcc3b5aa765d61d8327deb882cf99'] }),
        description: 'MD5 of the password in hex, in any letter case.',
        required: true,
      },
    },
    answer: { json: LOGGED_IN },
    errors: ['wrong-login', 'login-parameters-missed', 'cross-site', 'too-many-attempts'],
  }),
  plain: operation({
    id: 'logIn',
    tag: 'Log in',
    method: 'POST',
    path: '/api/v1/login',
    summary: 'Get a token, without a password in a URL',
    description: 'The token lives for 2 hours. The password is plain.',
    access: 'open',
    body: { schema: LoginBody, example: { username: 'admin', password: 'open-sesame' } },
    answer: { json: LOGGED_IN },
    errors: ['wrong-login', 'login-parameters-missed', 'cross-site', 'too-many-attempts', ...SHAPE_ERRORS],
  }),
  logOut: logOut('POST', 'logOut'),
  logOutAsPanel: logOut('GET', 'logOutAsPanel'),
};

export function loginRoutes(app: FastifyInstance, { config, credentials, tokens, store }: RouteParts): void {
  const logIn = async (attempt: LoginAttempt, { ip }: FastifyRequest): Promise<LoginAnswer> => {
    const user = await credentials.verify(attempt, ip);
    if (!user) throw new Refusal('wrong-login');
    return { token: await tokens.issue(user, ip), account_type: user.accountType };
  };

  serve(app, LOGIN_OPERATIONS.panel, (request) => {
    refuseOtherSites(request, config);
    const username = queryParameter(request, 'username');
    const md5 = queryParameter(request, 'password');
    if (username === null || md5 === null) throw new Refusal('login-parameters-missed');
    return logIn(panelLogin(username, md5), request);
  });

  serve(app, LOGIN_OPERATIONS.plain, (request) => {
    refuseOtherSites(request, config);
    const { username, password } = readShape(jsonBody(request), MEMBERS);
    if (!username || !password) throw new Refusal('login-parameters-missed');
    return logIn(plainLogin(username, password), request);
  });

  for (const op of [LOGIN_OPERATIONS.logOut, LOGIN_OPERATIONS.logOutAsPanel]) {
    serve(app, op, async (request) => {
      const { tokenHash } = callerOf(request);
      if (tokenHash !== null) await store.people.endToken(tokenHash);
      return {};
    });
  }
}
