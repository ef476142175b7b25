// Papers most similar to a paper, by the concepts that they share.
//
// A concept weighs c / sqrt(n) in a paper, where c is the confidence of their edge (the greatest of
// several, 1 where it is not known) and n the number of the concept's papers; similarity is the sum
// of the products over the shared concepts. Concepts of more than $most papers are passed over: they
// make no two papers alike and cost the most. Ordered by similarity (greatest first), then paper_id;
// `concepts` are the names of the shared ones, those that weigh most first.
//
// $paper (paper): title, words of it, or id, such as "BERT".
// $most (integer): most papers of a concept that counts, such as 1000. Default 1000.
// $limit (integer): most rows, such as 10. Default 20.

MATCH (:Paperkg {id: $paper})-[edge:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]->(concept:Paperkg:Concept)
WHERE concept.papers <= $most
WITH concept, max(coalesce(edge.confidence, 1.0)) AS own
MATCH (concept)<-[edge:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]-(other:Paperkg:Paper)
WHERE other.id <> $paper
WITH concept, own, other, max(coalesce(edge.confidence, 1.0)) AS others
WITH other, concept, own * others / concept.papers AS weight
ORDER BY round(weight, 12) DESC, concept.id
WITH other, round(round(sum(weight), 12), 6) AS similarity, collect(concept.name) AS concepts
RETURN
  other.id AS paper_id,
  other.name AS title,
  coalesce(other.published, other.seen_on) AS date,
  similarity,
  size(concepts) AS shared,
  concepts
ORDER BY similarity DESC, paper_id
LIMIT $limit
