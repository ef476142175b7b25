// Ambiguous names: written exactly so they stand for several concepts, or for one of which no text
// tells which of several things it is.
//
// A row for each concept that has the name, as display name or alias; `concepts` is how many have it.
// Ordered by concepts (most first), then by the first of their ids, the place of the name among that
// concept's names, and concept_id. It compares all names with one another, for which no index serves.
//
// $limit (integer): most rows, such as 20. Default 50.

MATCH (concept:Paperkg:Concept)
WITH concept, [concept.name] + [alias IN coalesce(concept.aliases, []) WHERE alias <> concept.name] AS names
UNWIND range(0, size(names) - 1) AS place
WITH names[place] AS name, place, concept
WITH name, collect([concept, place]) AS bearers
WHERE size(bearers) > 1 OR (bearers[0][0].ambiguous AND bearers[0][1] = 0)
CALL (bearers) {
  UNWIND bearers AS bearer
  WITH bearer[0].id AS first_id, bearer[1] AS place
  RETURN first_id, place ORDER BY first_id LIMIT 1
}
UNWIND bearers AS bearer
WITH name, size(bearers) AS concepts, first_id, place, bearer[0] AS concept
RETURN
  name,
  concepts,
  concept.id AS concept_id,
  concept.name AS concept,
  concept.type AS type,
  concept.papers AS papers,
  concept.ambiguous AS ambiguous
ORDER BY concepts DESC, first_id, place, concept_id
LIMIT $limit
