/** The gate of a subgraph's port: 401 for what does not open, and only then is the body read as JSON. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../../caller.ts';
import { EnvelopeRefused, type SealedRequest } from '../../envelope.ts';
import type { RunningSubgraph } from '../open-subgraph.ts';
import { refuse } from './request-errors.ts';

interface Gate {
  /** By its headers, before its body is read. */
  examine(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined>;
  gate(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined>;
  /** Of a request that has passed. */
  callerOf(request: { raw: object }): Caller | null;
}

/** `onRefused` is told of each that does not open. */
export function openEnvelopes(
  { envelopes }: Pick<RunningSubgraph, 'envelopes'>,
  onRefused: (reason: EnvelopeRefused['reason']) => void,
): Gate {
  const callers = new WeakMap<object, Caller | null>();
  const refused = (error: unknown, reply: FastifyReply): FastifyReply => {
    if (!(error instanceof EnvelopeRefused)) throw error;
    onRefused(error.reason);
    return refuse(reply, 401, error.message);
  };
  return {
    async examine(request, reply) {
      try {
        envelopes.examine(headersOf(request));
        return undefined;
      } catch (error) {
        return refused(error, reply);
      }
    },
    async gate(request, reply) {
      const sealed = sealedRequestOf(request);
      try {
        callers.set(request.raw, envelopes.open(sealed));
      } catch (error) {
        return refused(error, reply);
      }
      const body = parse(sealed.body);
      if (body === undefined) return refuse(reply, 400, 'Expected a body of JSON.');
      request.body = body;
      return undefined;
    },
    callerOf({ raw }) {
      const caller = callers.get(raw);
      if (caller === undefined) throw new Error('Expected a request that has passed the gate.');
      return caller;
    },
  };
}

function sealedRequestOf(request: FastifyRequest): SealedRequest {
  const { method, url, body } = request;
  return { method, path: url, headers: headersOf(request), body: typeof body === 'string' ? body : '' };
}

const headersOf = ({ headers }: FastifyRequest): SealedRequest['headers'] =>
  Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
