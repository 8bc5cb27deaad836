import type { FastifyInstance } from 'fastify';
import { Refusal } from '../../domain/errors.js';
import { md5Hex } from '../../domain/login.js';
import { readUser } from '../../domain/user-rules.js';
import type { Created } from '../contract/user.js';
import { jsonBody } from '../request-body.js';
import type { RouteParts } from './route-parts.js';

export function userRoutes(app: FastifyInstance, { store, passwords }: RouteParts): void {
  app.post('/api/v1/users', async (request): Promise<Created> => {
    const { username, password, accountType } = readUser(jsonBody(request));
    const passwordHash = await passwords.hash(md5Hex(password));
    const user = await store.people.createUser({ username, accountType, passwordHash });
    if (!user) throw new Refusal('same-username');
    return { item_uid: user.uid };
  });
}
