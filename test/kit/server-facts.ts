/** What the global setup tells the test files. */
import { randomBytes } from 'node:crypto';

declare module 'vitest' {
  interface ProvidedContext {
    /** The administrator's URL of the run's PostgreSQL server. */
    adminUrl: string;
    /** The secret that the tenants' database passwords follow from. */
    databaseSecret: string;
  }
}

export const TEMPLATE = { migrated: 'template_migrated', demo: 'template_demo' } as const;

export type TemplateName = keyof typeof TEMPLATE;

export const urlOfDatabase = (adminUrl: string, database: string): string => {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
};

export const randomSecret = (): string => randomBytes(32).toString('base64url');
