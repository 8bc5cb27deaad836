import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorCode, Refusal } from '../../domain/errors.js';
import { localeOf } from '../../domain/texts/locale.js';
import { callerOf } from '../caller.js';
import type { Delivery } from '../contract/delivery.js';
import { deliveryOf } from '../delivery-item.js';
import { eventDetailsHtml } from '../event-details.js';
import { prefersJson } from '../media-type.js';
import { readUid } from '../uids.js';
import type { RouteParts } from './route-parts.js';

interface UidRoute {
  Params: { uid: string };
}

/** Should a browser take the page for more than text, then it may still do nothing. */
const PAGE_POLICY = "default-src 'none'; sandbox";

export function eventDetailsRoutes(app: FastifyInstance, { store, engine, config }: RouteParts): void {
  const answerDetails = async (
    uid: number,
    unknown: ErrorCode,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Delivery | string> => {
    const details = await store.listings.delivery(uid);
    if (!details) throw new Refusal(unknown);
    const { event, delivery } = details;
    const versions = await store.webhooks.versions([
      ...new Set(delivery.attemptLog.map(({ versionId }) => versionId)),
    ]);
    const sent = {
      versions: new Map(versions.map((version) => [version.versionId, version])),
      userAgent: config.userAgent,
    };
    const item = deliveryOf(event, delivery, sent, localeOf(request.query));
    reply.header('vary', 'accept');
    if (prefersJson(request.headers.accept)) return item;
    reply.type('text/html; charset=utf-8').header('content-security-policy', PAGE_POLICY);
    return eventDetailsHtml(details, item);
  };

  app.get<UidRoute>(
    '/api/v1/webhooks/events/:uid',
    { config: { access: 'account' } },
    async (request, reply) => {
      const code = 'wrong-webhook-event-uid';
      return answerDetails(readUid(request.params.uid, code), code, request, reply);
    },
  );

  app.post<UidRoute>('/api/v1/webhooks/:uid/test', async (request, reply) => {
    const webhookUid = readUid(request.params.uid, 'wrong-webhook-uid');
    const uid = await engine.test({ webhookUid, source: callerOf(request).actor.name });
    if (uid === null) throw new Refusal('wrong-webhook-uid');
    return answerDetails(uid, 'internal', request, reply);
  });
}
