// Concepts that occur with a concept in more papers than chance would have it, by lift.
//
// Lift is P(a, b) / (P(a) P(b)) over all papers: 1 where two concepts are independent, above where
// they attract each other. Concepts that share fewer than $least papers are left out, since rare ones
// have a high lift by accident. Ordered by lift, then papers (highest first), then concept_id. The
// number of all papers takes a scan over the label.
//
// $concept (concept): such as "BERT".
// $least (integer): fewest papers that have both, such as 2. Default 2.
// $limit (integer): most rows, such as 10. Default 20.

MATCH (paper:Paperkg:Paper)
WITH count(paper) AS corpus
MATCH (concept:Paperkg {id: $concept})<-[:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]-(paper:Paperkg:Paper)
WITH corpus, concept, collect(DISTINCT paper) AS papers
UNWIND papers AS paper
MATCH (paper)-[:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]->(other:Paperkg:Concept)
WHERE other <> concept
WITH corpus, concept, other, count(DISTINCT paper) AS shared
WHERE shared >= $least
WITH other, shared, concept.papers * other.papers AS expected, corpus
WITH other, shared, round(CASE WHEN expected > 0 THEN 1.0 * shared * corpus / expected END, 6) AS lift
RETURN
  other.id AS concept_id,
  other.name AS concept,
  other.type AS type,
  shared AS papers,
  other.papers AS papers_of_concept,
  lift
ORDER BY coalesce(lift, -1.0) DESC, papers DESC, concept_id
LIMIT $limit
