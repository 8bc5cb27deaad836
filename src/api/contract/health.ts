import { Type } from 'typebox';

/** `GET /health/live`, `GET /health/ready` */
export const Health = Type.Object({ status: Type.Enum(['live', 'ready']) });
