import type { FastifyInstance } from 'fastify';
import { Refusal } from '../../domain/errors.js';
import { md5Hex } from '../../domain/login.js';
import { readUser } from '../../domain/user-rules.js';
import { operation, SHAPE_ERRORS, serve } from '../contract/operation.js';
import { Created, UserBody } from '../contract/user.js';
import { jsonBody } from '../request-body.js';
import type { RouteParts } from './route-parts.js';

export const USER_OPERATIONS = {
  create: operation({
    id: 'createUser',
    tag: 'Users and keys',
    method: 'POST',
    path: '/api/v1/users',
    summary: 'Make an account',
    access: 'administrator',
    body: {
      schema: UserBody,
      example: { username: 'concierge', password: 'open-sesame', account_type: 'user' },
    },
    answer: { json: { schema: Created, example: { item_uid: 2 } } },
    errors: [
      ...SHAPE_ERRORS,
      'invalid-username',
      'invalid-password',
      'invalid-account-type',
      'same-username',
    ],
  }),
};

export function userRoutes(app: FastifyInstance, { store, passwords }: RouteParts): void {
  serve(app, USER_OPERATIONS.create, async (request) => {
    const { username, password, accountType } = readUser(jsonBody(request));
    const passwordHash = await passwords.hash(md5Hex(password));
    const user = await store.people.createUser({ username, accountType, passwordHash });
    if (!user) throw new Refusal('same-username');
    return { item_uid: user.uid };
  });
}
