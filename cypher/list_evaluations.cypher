// Papers that evaluate a method on a dataset: they evaluate on it and do more than mention the method.
//
// `results` counts the results of the paper that name both. Ordered by results (most first), then
// paper_id, then role.
//
// $method (concept): what is evaluated, such as "BERT".
// $dataset (concept): on what, such as "GLUE".
// $limit (integer): most rows, such as 20. Default 50.

MATCH (method:Paperkg {id: $method}), (dataset:Paperkg {id: $dataset})
MATCH (dataset)<-[evaluates:EVALUATES]-(paper:Paperkg:Paper)
MATCH (paper)-[edge:PROPOSES|USES|COMPARES|STUDIES]->(method)
WITH paper, edge, evaluates, COUNT {
  (paper)-[:STATES]->(result:Paperkg:Result)
  WHERE EXISTS { (result)-[:ON_DATASET]->(dataset) } AND EXISTS { (result)-[:OF_METHOD]->(method) }
} AS results
RETURN
  paper.id AS paper_id,
  paper.name AS title,
  coalesce(paper.published, paper.seen_on) AS date,
  toLower(type(edge)) AS role,
  results,
  edge.evidence AS method_evidence,
  evaluates.evidence AS dataset_evidence
ORDER BY results DESC, paper_id, role
LIMIT $limit
