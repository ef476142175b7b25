// Concepts that bridge two communities: linked with papers of both.
//
// Ordered by bridge, the lesser of the two numbers of papers (greatest first), then by their sum, then
// concept_id. It reads all papers of both communities. Within one community nothing is a bridge.
//
// $first_community (community): a community, by the name of any member, such as "BERT".
// $second_community (community): another, such as "ImageNet".
// $limit (integer): most rows, such as 20. Default 50.

MATCH (paper:Paperkg)
WHERE paper.community IN [$first_community, $second_community] AND $first_community <> $second_community
MATCH (paper)
  -[:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]->
  (concept:Paperkg:Concept)
WITH
  concept,
  count(DISTINCT CASE paper.community WHEN $first_community THEN paper END) AS first_papers,
  count(DISTINCT CASE paper.community WHEN $second_community THEN paper END) AS second_papers
WHERE first_papers > 0 AND second_papers > 0
WITH concept, first_papers, second_papers,
  CASE WHEN first_papers < second_papers THEN first_papers ELSE second_papers END AS bridge
RETURN
  concept.id AS concept_id,
  concept.name AS concept,
  concept.type AS type,
  concept.community AS community_id,
  bridge,
  first_papers,
  second_papers
ORDER BY bridge DESC, first_papers + second_papers DESC, concept_id
LIMIT $limit
