import type { FastifyInstance } from 'fastify';
import { latchhookVersion } from '../../version.js';
import { Info } from '../contract/info.js';
import { operation, serve } from '../contract/operation.js';

/** Of the panels whose API this is; clients split it on its dots. */
const API_VERSION = '2.15.0';

export const INFO_OPERATIONS = {
  get: operation({
    id: 'getInfo',
    tag: 'Device',
    method: 'GET',
    path: '/api/info',
    summary: 'Say what this is, as a panel does',
    access: 'open',
    answer: {
      json: {
        schema: Info,
        example: {
          firmware_version: '0.1.0',
          framework_version: '0.1.0',
          frontend_version: '0.1.0',
          api_version: API_VERSION,
          device_type: 'panel',
          device_name: 'Latchhook',
          device_model: 'Latchhook',
          device_serial_number: 'latchhook',
          hybrid_enable: false,
          hybrid_version: '0.1.0',
          mcu_version: '0.1.0',
          commit: 'v0.1.0',
        },
      },
    },
    errors: [],
  }),
};

export function infoRoutes(app: FastifyInstance): void {
  const version = latchhookVersion();
  const info: Info = {
    firmware_version: version,
    framework_version: version,
    frontend_version: version,
    api_version: API_VERSION,
    device_type: 'panel',
    device_name: 'Latchhook',
    device_model: 'Latchhook',
    device_serial_number: 'latchhook',
    hybrid_enable: false,
    hybrid_version: version,
    mcu_version: version,
    commit: `v${version}`,
  };
  serve(app, INFO_OPERATIONS.get, () => info);
}
