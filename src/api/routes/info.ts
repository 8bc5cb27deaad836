import type { FastifyInstance } from 'fastify';
import { latchhookVersion } from '../../version.js';
import type { Info } from '../contract/info.js';

/** Of the panels whose API this is; clients split it on its dots. */
const API_VERSION = '2.15.0';

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
  app.get('/api/info', { config: { access: 'open' } }, () => info);
}
