// Methods most used with a method: what the papers that propose, use or study it use besides.
//
// `share` is the part of those papers that use the other method, 0 to 1. Ordered by papers (most
// first), then method_id.
//
// $method (concept): such as "BERT".
// $limit (integer): most rows, such as 10. Default 20.

MATCH (method:Paperkg {id: $method})<-[:PROPOSES|USES|STUDIES]-(paper:Paperkg:Paper)
WITH method, collect(DISTINCT paper) AS papers
UNWIND papers AS paper
MATCH (paper)-[:USES]->(other:Paperkg:Concept)
WHERE other <> method
WITH other, count(paper) AS shared, size(papers) AS total
RETURN
  other.id AS method_id,
  other.name AS method,
  shared AS papers,
  round(1.0 * shared / total, 6) AS share
ORDER BY papers DESC, method_id
LIMIT $limit
