// Concepts with several types: what some papers name as one type of thing and others as another.
//
// Ordered by papers (most first), then concept_id. `other_types` are the types beside the one that
// most mentions have, most frequent first.
//
// $limit (integer): most rows, such as 20. Default 50.

MATCH (concept:Paperkg)
WHERE concept.other_types IS NOT NULL
RETURN
  concept.id AS concept_id,
  concept.name AS concept,
  concept.type AS type,
  concept.other_types AS other_types,
  concept.papers AS papers
ORDER BY coalesce(papers, -1) DESC, concept_id
LIMIT $limit
