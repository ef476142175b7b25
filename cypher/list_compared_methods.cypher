// What is compared with a method, with the paper that says so most surely.
//
// Two methods are compared where a paper compares one and proposes, studies or compares the other.
// Ordered by papers (most first), then method_id; the paper shown is that of the greatest confidence
// in the other method's edge, then of the least id.
//
// $method (concept): such as "BERT".
// $limit (integer): most rows, such as 20. Default 50.

MATCH (method:Paperkg {id: $method})<-[own:PROPOSES|STUDIES|COMPARES]-(paper:Paperkg:Paper)
MATCH (paper)-[edge:PROPOSES|STUDIES|COMPARES]->(other:Paperkg:Method)
WHERE other <> method AND 'COMPARES' IN [type(own), type(edge)]
WITH other, paper, edge
ORDER BY coalesce(edge.confidence, -1.0) DESC, paper.id, type(edge)
WITH other, count(DISTINCT paper) AS papers, collect([paper, edge])[0] AS shown
ORDER BY papers DESC, other.id
LIMIT $limit
WITH other, papers, shown[0] AS paper, shown[1] AS edge
RETURN
  other.id AS method_id,
  other.name AS method,
  papers,
  paper.id AS paper_id,
  paper.name AS title,
  toLower(type(edge)) AS role,
  edge.evidence AS evidence
ORDER BY papers DESC, method_id
