/** The gate of a subgraph's port: 401 for what does not open, and only then is the body read as JSON. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../../caller.ts';
import { EnvelopeRefused, type SealedRequest } from '../../envelope.ts';
import type { RunningSubgraph } from '../open-subgraph.ts';
import { refuse } from './request-errors.ts';

interface Gate {
  gate(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined>;
  /** Of a request that has passed. */
  callerOf(request: { raw: object }): Caller | null;
}

export function openEnvelopes({ open }: Pick<RunningSubgraph, 'open'>): Gate {
  const callers = new WeakMap<object, Caller | null>();
  return {
    async gate(request, reply) {
      const sealed = sealedRequestOf(request);
      try {
        callers.set(request.raw, open(sealed));
      } catch (error) {
        if (!(error instanceof EnvelopeRefused)) throw error;
        return refuse(reply, 401, error.message);
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

function sealedRequestOf({ method, url, headers, body }: FastifyRequest): SealedRequest {
  const texts = Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { method, path: url, headers: Object.fromEntries(texts), body: typeof body === 'string' ? body : '' };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
