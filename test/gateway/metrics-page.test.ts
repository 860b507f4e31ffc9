import { describe, expect, it } from 'vitest';
import { smallGateway } from './small-gateway.ts';

const TOKEN = 'a-token-for-the-metrics';
const PRODUCTION = { settings: { isProduction: true } };

const read = (url: string, authorization?: string) =>
  fetch(`${url}/metrics`, { headers: { ...(authorization && { authorization }) } });

describe('/metrics', () => {
  it('without a token is there for this machine, as Prometheus reads it', async () => {
    const url = await smallGateway({});
    await fetch(`${url}/health/live`);
    const answer = await read(url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.text()).toMatch(
      /^http_server_request_duration_count\{http_request_method="GET",http_route="\/health\/live",http_response_status_code="200"\} 1$/m,
    );
  });

  it('in production without a token is not there, and says it as any other address does', async () => {
    const url = await smallGateway(PRODUCTION);
    const [answer, other] = [await read(url), await fetch(`${url}/nothing`)];
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe(await other.text());
  });

  it('with a token is there for whoever presents it, in production too', async () => {
    const url = await smallGateway({ ...PRODUCTION, metricsToken: TOKEN });
    expect((await read(url, `Bearer ${TOKEN}`)).status).toBe(200);
  });

  it.each([undefined, 'Bearer ', `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, `Basic ${TOKEN}`, TOKEN])(
    'with a token is not there for %s, on this machine neither',
    async (authorization) => {
      for (const settings of [{}, PRODUCTION.settings]) {
        const answer = await read(await smallGateway({ settings, metricsToken: TOKEN }), authorization);
        expect(answer.status).toBe(401);
        expect(answer.headers.get('www-authenticate')).toBe('Bearer');
        expect(await answer.text()).not.toContain('http_server');
      }
    },
  );
});
