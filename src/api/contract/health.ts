import { Type } from 'typebox';

/** `GET /health/live` */
export const Live = Type.Object({ status: Type.Literal('live') });

/** `GET /health/ready` */
export const Ready = Type.Object({
  status: Type.Literal('ready'),
  pressure: Type.Union([Type.Literal('disk'), Type.Literal('backlog'), Type.Null()], {
    description: 'Why no more events are taken in; null: they are.',
  }),
});
