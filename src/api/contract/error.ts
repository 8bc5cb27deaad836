import { type Static, Type } from 'typebox';

export const ErrorAnswer = Type.Object({ error: Type.String() });
export type ErrorAnswer = Static<typeof ErrorAnswer>;
