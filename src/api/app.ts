import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { Refusal } from '../domain/errors.js';
import { Authentication } from './auth.js';
import { BasePath } from './base-path.js';
import { readBody } from './body.js';
import { ClientAddresses } from './client-address.js';
import { ConnectionCuts } from './connection-cuts.js';
import { refuseConnection } from './connection-errors.js';
import { Connections } from './connections.js';
import { NO_BODY_LIMIT } from './contract/body-limit.js';
import { Credentials } from './credentials.js';
import { answerError, ClientGone } from './errors.js';
import { createHttpServer, HTTP_LIMITS } from './http-server.js';
import { KeyUse } from './key-use.js';
import { LoginAudit } from './login-audit.js';
import { publishedDocument } from './openapi/published.js';
import { refuseBasicOfOtherSites } from './other-sites.js';
import type { AppParts } from './parts.js';
import { Passwords } from './passwords.js';
import { RequestLog } from './request-log.js';
import { routableUrl } from './routable-url.js';
import { auditRoutes } from './routes/audit.js';
import { consoleRoutes } from './routes/console.js';
import { dashboardRoutes } from './routes/dashboard.js';
import { deliveryListRoutes } from './routes/delivery-lists.js';
import { deliveryOrderRoutes } from './routes/delivery-orders.js';
import { docsRoutes } from './routes/docs.js';
import { eventDetailsRoutes } from './routes/event-details.js';
import { eventListRoutes } from './routes/event-list.js';
import { eventRoutes } from './routes/events.js';
import { healthRoutes } from './routes/health.js';
import { infoRoutes } from './routes/info.js';
import { keyRoutes } from './routes/keys.js';
import { logRoutes } from './routes/log.js';
import { loginRoutes } from './routes/login.js';
import { metricsRoutes } from './routes/metrics.js';
import { resendRoutes } from './routes/resends.js';
import type { RouteParts } from './routes/route-parts.js';
import { statisticsRoutes } from './routes/statistics.js';
import { streamRoutes } from './routes/stream.js';
import { systemRoutes } from './routes/system.js';
import { userRoutes } from './routes/users.js';
import { webhookListRoutes } from './routes/webhook-list.js';
import { webhookRoutes } from './routes/webhooks.js';
import { SECURITY_HEADERS } from './security-headers.js';
import { Tokens } from './tokens.js';
import { Unfinished } from './unfinished.js';
import { refuseUnroutable } from './unroutable.js';

/** Seconds; a stop takes about that long, and another start follows most stops. */
const STOPPING_RETRY_AFTER_S = 5;

/**
 * The HTTP API. Bodies are taken as bytes whatever their `Content-Type`, and read by the handlers: the order
 * of checks is credentials, role, uid, JSON, and then the rules of the domain.
 * @throws SettingError when a TLS file cannot be read, or everybody is a trusted proxy
 */
export function buildApp(parts: AppParts): FastifyInstance {
  const { log, config, store, clock, randomBytes } = parts;
  const limits = { ...HTTP_LIMITS, ...parts.limits };
  const clients = new ClientAddresses({ trusted: config.trustProxy, clock, log });
  const basePath = new BasePath(config.basePath, clients);
  const cuts = new ConnectionCuts(log, clock, (reason) => parts.metrics.connectionCut(reason));
  const connections = new Connections(limits, config.trustProxy, cuts);
  const app: FastifyInstance = Fastify({
    serverFactory: (handler) => createHttpServer(handler, config, limits, connections),
    trustProxy: (address) => clients.trusts(address),
    bodyLimit: NO_BODY_LIMIT,
    rewriteUrl: (request) => routableUrl(basePath.routed(request.url ?? '/')),
    // A uid of any length is a wrong uid; what a header can hold is the limit.
    routerOptions: { maxParamLength: limits.headerBytes },
    clientErrorHandler: refuseConnection,
    frameworkErrors: (error, request, reply) => answerError(error, request, reply, log),
    return503OnClosing: false,
  });

  const unfinished = new Unfinished(limits.unfinishedBytes);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (request: FastifyRequest) =>
    readBody(request.raw, {
      limit: request.routeOptions.bodyLimit,
      unfinished,
      credential: request.caller?.credential ?? '',
    }),
  );
  app.decorateRequest('caller', null);
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply, log));

  const stopping = followStop(app, connections, limits.stopMs);
  const passwords = new Passwords();
  const loginAudit = new LoginAudit(store.audit, clock, log);
  const keyUse = new KeyUse(store.keys, clock, log);
  const { people, nodes } = store;
  const credentials = new Credentials({ people, nodes, passwords, loginAudit, clock, log, randomBytes });
  const authentication = new Authentication({ store, credentials, keyUse, loginAudit });

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS);
    Object.defineProperty(request, 'ip', { value: clients.of(request.raw) });
    if (stopping()) throw new Refusal('stopping', '', { retryAfter: STOPPING_RETRY_AFTER_S });
    refuseUnroutable(app, request, reply);
    // Bodies are JSON whatever this says, and fastify would refuse what it cannot read.
    delete request.raw.headers['content-type'];
    const access = request.routeOptions.config.access ?? 'administrator';
    if (access === 'open') return;
    refuseBasicOfOtherSites(request, config);
    request.caller = await authentication.admit(request.headers.authorization, request.ip, access);
    // Nothing is begun for a client that left meanwhile: it would not hear of its own end.
    if (request.raw.socket.destroyed) throw new ClientGone('the client left');
  });
  app.addHook('onSend', async (_request, reply) => {
    if (stopping()) reply.header('connection', 'close');
  });
  const requestLog = new RequestLog(log, clock);
  app.addHook('onResponse', async (request, reply) => requestLog.write(request, reply));

  app.addHook('onClose', async () => {
    await Promise.all([keyUse.close(), loginAudit.close(), credentials.close()]);
  });

  const tokens = new Tokens(people, loginAudit, clock, randomBytes);
  const routeParts: RouteParts = { ...parts, basePath, credentials, passwords, tokens };
  infoRoutes(app);
  healthRoutes(app, routeParts);
  metricsRoutes(app, routeParts);
  loginRoutes(app, routeParts);
  userRoutes(app, routeParts);
  keyRoutes(app, routeParts);
  auditRoutes(app, routeParts);
  webhookRoutes(app, routeParts);
  webhookListRoutes(app, routeParts);
  deliveryListRoutes(app, routeParts);
  deliveryOrderRoutes(app, routeParts);
  resendRoutes(app, routeParts);
  eventListRoutes(app, routeParts);
  eventRoutes(app, routeParts);
  logRoutes(app, routeParts);
  eventDetailsRoutes(app, routeParts);
  dashboardRoutes(app, routeParts);
  statisticsRoutes(app, routeParts);
  systemRoutes(app, routeParts);
  streamRoutes(app, { ...routeParts, authentication, connections, limits });
  docsRoutes(app, publishedDocument(), routeParts);
  consoleRoutes(app, routeParts);
  return app;
}

/**
 * `app.close()` lets what is under way end, refuses what comes besides, and cuts what takes too long.
 * @returns whether a stop has begun
 */
function followStop(app: FastifyInstance, connections: Connections, graceMs: number): () => boolean {
  let stopping = false;
  app.addHook('preClose', async () => {
    stopping = true;
    // Sockets live in real time.
    const cut = setTimeout(() => connections.destroyAll(), graceMs);
    cut.unref();
    app.server.once('close', () => clearTimeout(cut));
  });
  return () => stopping;
}
