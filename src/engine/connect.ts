import { constants } from 'node:crypto';
import net from 'node:net';
import tls from 'node:tls';
import { parseAddress } from './addresses.js';
import { boundAnswer } from './answer-bound.js';
import { AddressNotAllowed, type Egress } from './egress.js';
import { skipInformational } from './informational.js';

export interface ConnectTarget {
  protocol: string;
  /** An IPv6 literal comes without brackets. */
  hostname: string;
  /** Empty: the protocol's own. */
  port: string;
  /** Resumes an earlier TLS session. */
  session: Buffer | undefined;
}

class Renegotiation extends Error {
  readonly code = 'ERR_TLS_RENEGOTIATION';

  constructor() {
    super('the receiver wants to renegotiate');
  }
}

export type Connected = (...result: [null, net.Socket] | [Error, null]) => void;

/** ms for one of several addresses before the next is tried beside it; the system's 250 is short for a slow LAN. */
const NEXT_ADDRESS_MS = 500;
/** ms of silence before the system asks whether the other side is still there. */
const PROBE_AFTER_MS = 60_000;

/**
 * Opens a connection to an address that the guard allows, and to no other: a literal is judged here, a name
 * is resolved by the guard in the very lookup of this connection. Returns the socket while it is connecting,
 * so that it can be destroyed; null when the address was refused. `connected` is called once at most, later.
 */
export function connect(egress: Egress, target: ConnectTarget, connected: Connected): net.Socket | null {
  const { hostname } = target;
  if (parseAddress(hostname)) {
    const verdict = egress.judge(hostname);
    if (!verdict.allowed) {
      const { address, addressClass } = verdict;
      process.nextTick(connected, new AddressNotAllowed(address, addressClass), null);
      return null;
    }
  }
  const secure = target.protocol === 'https:';
  const servername = serverName(hostname);
  const to: net.TcpNetConnectOpts = {
    host: hostname,
    port: target.port === '' ? (secure ? 443 : 80) : Number(target.port),
    lookup: guardedLookup(egress),
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: PROBE_AFTER_MS,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_MS,
  };
  const socket = secure
    ? tls.connect({
        ...to,
        ALPNProtocols: ['http/1.1'],
        // Explicit, so that no environment variable switches it off.
        rejectUnauthorized: true,
        secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
        ...(servername === null ? {} : { servername }),
        ...(target.session === undefined ? {} : { session: target.session }),
      })
    : net.connect(to);
  boundAnswer(socket);
  skipInformational(socket);
  let done = false;
  socket.on(secure ? 'secureConnect' : 'connect', () => {
    // The request to renegotiate is refused, and who goes on asking is left: each time costs us more than them.
    if (done) socket.destroy(new Renegotiation());
    else {
      done = true;
      connected(null, socket);
    }
  });
  // Stays for good: a socket without anybody to hear its error would end the process.
  socket.on('error', (error: Error) => {
    if (done) {
      // An alert of TLS leaves the socket open, and the HTTP client then names the end of the connection that follows.
      if (!socket.destroyed) socket.destroy(error);
      return;
    }
    done = true;
    connected(error, null);
  });
  return socket;
}

/**
 * The name for TLS: many receivers share one address, and find certificate and site by it. The certificate is
 * checked against it too. Without a dot at the end, and null for an address (RFC 6066, section 3).
 */
function serverName(hostname: string): string | null {
  return parseAddress(hostname) ? null : hostname.replace(/\.$/, '');
}

function guardedLookup(egress: Egress): net.LookupFunction {
  return (name, options, callback) => {
    egress.resolve(name).then(
      (addresses) => {
        const found = addresses.map((address) => ({ address, family: net.isIP(address) }));
        const [first] = found;
        if (options.all) callback(null, found);
        else callback(null, first?.address ?? '', first?.family ?? 0);
      },
      (error: Error) => callback(error, options.all ? [] : ''),
    );
  };
}
