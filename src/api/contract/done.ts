import { Type } from 'typebox';

/** What a call answers that has nothing to say: `{}`. */
export const Done = Type.Object({}, { additionalProperties: false });
