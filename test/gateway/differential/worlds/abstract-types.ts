import type { World } from '../world.ts';

const PLACES = { attic: { __typename: 'Attic', height: 2 }, garden: { __typename: 'Garden', id: 'x1', flowers: 12 } };
const ANIMALS = [
  { __typename: 'Dog', id: '1', name: 'Rex', kin: '2', home: PLACES.garden, sound: 'woof', age: 3 },
  { __typename: 'Cat', id: '1', name: 'Tom', kin: '1', home: PLACES.attic, sound: null, age: 9 },
  { __typename: 'Cat', id: '2', name: null, kin: null, home: null, sound: 'purr', age: null },
  { __typename: 'Stone', weight: 5, name: 'Pet rock' },
];
const [rex, tom, kit, rock] = ANIMALS;

/** Lists of many types, some of them entities of one id, some without any key. */
export const abstractTypes: World = {
  name: 'unions and interfaces',
  trap: 'each item is completed by its own type, though ids are the same and neighbours have no key',
  things: [...ANIMALS.filter(({ id }) => id !== undefined), PLACES.garden] as World['things'],
  fields: {
    Query: {
      pets: () => [rex, rock, tom, null, kit, tom],
      named: () => ANIMALS,
      animal: (_, { id }) => ANIMALS.find((each) => each.id === id) ?? null,
      anything: () => [PLACES.garden, rex, PLACES.attic, kit, rock],
    },
    Animal: { kin: ({ kin }) => ANIMALS.find((each) => each.id === kin) ?? null },
    Garden: { visitors: () => [tom, rex] },
    Cat: { lives: ({ id }) => (id === '1' ? 9 : null) },
  },
  subgraphs: [
    {
      name: 'pets',
      typeDefs: `
        type Query { pets: [Pet]! named: [Named!]! animal(id: ID!): Animal anything: [Thing!] }
        union Pet = Dog | Cat | Stone
        union Thing = Dog | Cat | Stone | Attic | Garden
        union Place = Attic | Garden
        interface Named { name: String }
        interface Animal implements Named { id: ID! name: String kin: Animal home: Place }
        type Dog implements Animal & Named @key(fields: "id") { id: ID! name: String kin: Animal home: Place }
        type Cat implements Animal & Named @key(fields: "id") { id: ID! name: String kin: Animal home: Place }
        type Stone implements Named { name: String weight: Int }
        type Attic { height: Int }
        type Garden @key(fields: "id") { id: ID! flowers: Int }
      `,
    },
    {
      name: 'vets',
      typeDefs: `
        interface Patient { age: Int sound: String }
        type Dog implements Patient @key(fields: "id") { id: ID! age: Int sound: String }
        type Cat implements Patient @key(fields: "id") { id: ID! age: Int sound: String lives: Int }
        type Garden @key(fields: "id") { id: ID! visitors: [Patient!] }
      `,
    },
  ],
};
