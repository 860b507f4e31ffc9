import { describe, expect, it } from 'vitest';
import { createErrorMask } from '../../gateway/http/mask-errors.ts';

const reported: { id: string; error: unknown }[] = [];
const mask = createErrorMask((id, error) => reported.push({ id, error }));

describe('an error on its way out', () => {
  it('of the allow-list keeps its message and what explains it, and nothing of the inside', () => {
    const fields = [{ field: 'address', access: 'VIEW', reason: 'HOME_OWNED' }];
    const inside = { serviceName: 'students', stacktrace: ['at …'], fields, code: 'GUEST_FIELD_VIEW_ONLY' };
    expect(mask({ message: 'No.', path: ['a'], extensions: inside }, null)).toEqual({
      message: 'No.',
      path: ['a'],
      extensions: { code: 'GUEST_FIELD_VIEW_ONLY', fields },
    });
  });

  it.each([undefined, 'DOWNSTREAM_SERVICE_ERROR', 'ECONNREFUSED'])(
    'with code %s is masked, under an id that is reported',
    (code) => {
      const error = new Error('connect ECONNREFUSED 10.0.0.1:5432');
      const { message, extensions } = mask({ message: error.message, extensions: { ...(code && { code }) } }, error);
      expect(message).toBe('Internal error');
      expect(extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', id: expect.any(String) });
      expect(reported.at(-1)).toEqual({ id: extensions?.id, error });
    },
  );

  it('that a subgraph has masked keeps its id, and is not reported twice', () => {
    const before = reported.length;
    const { extensions } = mask(
      { message: 'Internal error', extensions: { code: 'INTERNAL_SERVER_ERROR', id: 'of the subgraph' } },
      null,
    );
    expect(extensions?.id).toBe('of the subgraph');
    expect(reported.length).toBe(before);
  });
});
