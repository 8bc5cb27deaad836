import { Type } from 'typebox';

export const Uid = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });

/** ms since 1970 */
export const Milliseconds = Type.Integer({ minimum: 0 });
