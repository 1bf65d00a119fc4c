import { expect, it } from 'vitest';
import { castPeople } from './cast.ts';
import { createPerson, likeness } from './person.ts';
import { placePeople } from './places.ts';
import { createRandom } from './random.ts';

const size = { width: 1920, height: 1280 };

/** Mean likeness of people who stand side by side. */
const neighbourLikeness = (people: readonly ReturnType<typeof createPerson>[]): number =>
  people.slice(1).reduce((sum, person, index) => sum + likeness(person, people[index] ?? person), 0) /
  (people.length - 1);

it('puts people side by side who are less alike than chance would', () => {
  const random = createRandom(9);
  const places = placePeople('group', 40, size, random);
  const chosen = castPeople(places, random);
  const chance = places.map((_, index) => createPerson(random.fork(`chance ${index}`)));
  expect(neighbourLikeness(chosen)).toBeLessThan(neighbourLikeness(chance) * 0.75);
});

it('shows many skin tones and hair styles in a group of twelve', () => {
  const random = createRandom(3);
  const people = castPeople(placePeople('group', 12, size, random), random);
  expect(new Set(people.map(({ skin }) => skin)).size).toBeGreaterThanOrEqual(6);
  expect(new Set(people.map(({ hair }) => hair.style)).size).toBeGreaterThanOrEqual(7);
});

it('takes a person as exactly like themselves as two equal ones', () => {
  const person = createPerson(createRandom('someone'));
  expect(likeness(person, person)).toBe(likeness(person, createPerson(createRandom('someone'))));
});
