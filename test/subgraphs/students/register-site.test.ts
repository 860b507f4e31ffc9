import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { registerSite } from '../../../subgraphs/students/services/register-site.ts';
import { callerOf } from '../../kit/callers.ts';
import { openSchoolDatabase } from './school-database.ts';

const SITE = {
  urn: '900101',
  dfeNumber: '999/4101',
  name: 'Elm Tree School',
  phase: 'Secondary',
  telephone: '01632 960001',
  addressLines: ['1 Elm Road', 'Elmton'],
  postcode: 'TF3 4JA',
};

it('a school becomes a site once: repeating it changes nothing and tells nobody', async () => {
  const { transaction, rows, schools, events } = await openSchoolDatabase();
  await transaction((session) => registerSite(session, SITE));
  const written = await rows();
  await transaction((session) => registerSite(session, structuredClone(SITE)));
  expect(await rows()).toEqual(written);
  expect(await events()).toHaveLength(1);
  expect(await schools()).toMatchObject([
    {
      dfe_number: '999/4101',
      local_authority_code: '999',
      establishment_number: '4101',
      status: 'OPEN',
      is_site: true,
    },
  ]);
});

it('a site that changes tells so, as the event’s schema says', async () => {
  const { transaction, events } = await openSchoolDatabase();
  await transaction((session) => registerSite(session, SITE));
  await transaction((session) => registerSite(session, { ...SITE, name: 'Elm Academy' }));
  await transaction((session) => registerSite(session, { ...SITE, name: 'Elm Academy', telephone: null }));
  const told = await events();
  expect(told).toMatchObject([
    { schoolUrn: '900101', aggregateId: '900101', version: 1, name: 'Elm Tree School', telephone: '01632 960001' },
    { schoolUrn: '900101', aggregateId: '900101', version: 2, name: 'Elm Academy', telephone: '01632 960001' },
    { schoolUrn: '900101', aggregateId: '900101', version: 3, name: 'Elm Academy', telephone: null },
  ]);
  const schema = JSON.parse(readFileSync('schema/events/school-site.changed.json', 'utf8')) as object;
  const validate = new Ajv2020({
    allowUnionTypes: true,
    formats: { uuid: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/ },
  }).compile(schema);
  for (const event of told) expect(validate(event) || validate.errors).toBe(true);
});

it('no person registers a site', async () => {
  const { transaction, schools } = await openSchoolDatabase();
  const attempt = transaction((session) => registerSite(session, SITE), callerOf('data-lead@alder.example'));
  await expect(attempt).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(await schools()).toEqual([]);
});
