import { type Static, Type } from 'typebox';

const Filled = Type.String({ minLength: 1 });

/** `GET /api/info`, as the panels answer it: no member is null. */
export const Info = Type.Object({
  firmware_version: Filled,
  framework_version: Filled,
  frontend_version: Filled,
  api_version: Type.String({ pattern: '^\\d+\\.\\d+\\.\\d+$' }),
  device_type: Filled,
  device_name: Filled,
  device_model: Filled,
  device_serial_number: Filled,
  hybrid_enable: Type.Boolean(),
  hybrid_version: Filled,
  mcu_version: Filled,
  commit: Filled,
});
export type Info = Static<typeof Info>;
