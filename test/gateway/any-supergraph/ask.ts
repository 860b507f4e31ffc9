/** One request to a gateway, as a client sends it. */
interface Answer {
  status: number;
  text: string;
  data?: unknown;
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
}

export interface Asked {
  documentId?: string;
  query?: string;
  variables?: Record<string, unknown>;
  operationName?: string;
}

export async function ask(url: string, asked: Asked, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(asked),
  });
  const text = await response.text();
  return { ...(JSON.parse(text) as Omit<Answer, 'status' | 'text'>), status: response.status, text };
}
