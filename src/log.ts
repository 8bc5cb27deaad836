import { type DestinationStream, type Logger, type LoggerOptions, pino, stdSerializers } from 'pino';

export type Log = Logger;

/** Members that are never written, wherever they stand at the top of a line or one level below. */
const SECRET_MEMBERS = [
  'password',
  'adminPassword',
  'passwordHash',
  'secret',
  'secretKey',
  'secretKeyOld',
  'token',
  'metricsToken',
  'authorization',
  'cookie',
  'headers',
  'databaseUrl',
];

/**
 * One line of JSON for one unit of work, with every id and the outcome. Members called `url` lose their
 * query, fragment and credentials; members in `SECRET_MEMBERS` are written as `***`.
 *
 * @param destination standard output when left out
 */
export function createLog(level: Log['level'], destination?: DestinationStream): Log {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { url: loggableUrl, err: stdSerializers.errWithCause },
    redact: {
      paths: SECRET_MEMBERS.flatMap((member) => [member, `*.${member}`]),
      censor: '***',
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** A URL or a request target without query, fragment and credentials, which may all be secret. */
export function loggableUrl(url: unknown): string {
  const bare = String(url).split(/[?#]/, 1)[0] ?? '';
  return bare.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/\\]*@/i, '$1');
}
