/** The yardstick of taking events in: the same route with a schema, storing nothing, asking nobody. */
import fastify from 'fastify';
import { answerParent } from './children.js';

export type BareIngestApi = {
  listen(nothing: null): Promise<{ url: string }>;
};

const app = fastify();
let events = 0;

app.post(
  '/api/v1/events',
  {
    schema: {
      body: {
        type: 'object',
        required: ['event_type'],
        properties: {
          event_type: { type: 'string' },
          source: { type: 'string', maxLength: 64 },
          data: { type: 'object', additionalProperties: true },
          created_at: { type: 'integer' },
        },
      },
    },
  },
  async (_request, reply) => {
    events += 1;
    return reply.status(202).send({ items: [{ event_id: events, duplicate: false }] });
  },
);

answerParent<BareIngestApi>({
  async listen() {
    return { url: await app.listen({ host: '127.0.0.1', port: 0 }) };
  },
});
