import { createPerson, likeness, type Person } from './person.ts';
import type { Place } from './places.ts';
import type { Random } from './random.ts';

/** How many people try out for each place. */
const CANDIDATES = 8;

/** Distance in head heights beyond which two people are not seen together. */
const NEIGHBOURHOOD = 3.5;

/**
 * Chooses who stands where: for each place the candidate least like those already standing, nearest counted most, so
 * that no two neighbours look like copies and a small group shows as much variety as a large one.
 */
export function castPeople(places: readonly Place[], random: Random): Person[] {
  const cast: { readonly person: Person; readonly place: Place }[] = [];
  for (const [index, place] of places.entries()) {
    let chosen = createPerson(random.fork(`${index}/0`));
    let lowest = Number.POSITIVE_INFINITY;
    for (let candidate = 0; candidate < CANDIDATES; candidate++) {
      const person = createPerson(random.fork(`${index}/${candidate}`));
      const cost = cast.reduce(
        (sum, other) => sum + likeness(person, other.person) ** 2 * nearness(place, other.place),
        0,
      );
      if (cost < lowest) {
        lowest = cost;
        chosen = person;
      }
    }
    cast.push({ person: chosen, place });
  }
  return cast.map(({ person }) => person);
}

function nearness(a: Place, b: Place): number {
  const heads = Math.hypot(a.x - b.x, a.y - b.y) / Math.max(a.headHeight, b.headHeight);
  return 0.06 + Math.max(0, 1 - heads / NEIGHBOURHOOD);
}
