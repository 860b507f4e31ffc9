/**
 * GOV.UK Frontend's style without what only gov.uk may use (its typeface and its crest,
 * https://design-system.service.gov.uk/styles/typeface/), in the reader's own system font.
 */
import { readFileSync } from 'node:fs';

const FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif";

export function govukStyles(): string {
  const file = new URL(import.meta.resolve('govuk-frontend/dist/govuk/govuk-frontend.min.css'));
  return readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/@font-face\{[^}]*\}/g, '')
    .replace(/GDS Transport,arial,sans-serif/g, FONT)
    .replace(/[\w-]+:url\([^)]*\)[^;}]*;?/g, '');
}
