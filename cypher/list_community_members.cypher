// Members of a community by weight: what holds it together comes first.
//
// A link of paper and concept weighs c / sqrt(n), where c is its confidence (the greatest of several
// edges, 1 where it is not known) and n the number of papers of the concept, as in the search for
// communities. A member's weight is the sum of its links within the community. Ordered by weight
// (greatest first), then id. It reads all papers of the community.
//
// $community (community): by the name of any member, such as "BERT".
// $limit (integer): most rows, such as 20. Default 50.

MATCH (paper:Paperkg:Paper)
WHERE paper.community = $community
MATCH (paper)-[edge:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]->(concept:Paperkg:Concept)
WHERE concept.community = $community
WITH paper, concept, max(coalesce(edge.confidence, 1.0)) / sqrt(concept.papers) AS weight
CALL (paper, concept) {
  UNWIND [paper, concept] AS member
  RETURN member
}
WITH member, count(*) AS links, round(round(sum(weight), 12), 6) AS weight
RETURN
  member.id AS id,
  CASE WHEN member:Paper THEN 'Paper' ELSE 'Concept' END AS kind,
  member.name AS name,
  member.type AS type,
  links,
  weight
ORDER BY weight DESC, id
LIMIT $limit
