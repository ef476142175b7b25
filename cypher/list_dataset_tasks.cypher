// Tasks of a dataset: what the papers that propose it, evaluate or train on it address.
//
// `share` is the part of those papers that address the task, 0 to 1. Ordered by papers (most first),
// then task_id.
//
// $dataset (concept): such as "ImageNet".
// $limit (integer): most rows, such as 20. Default 50.

MATCH (dataset:Paperkg {id: $dataset})<-[:PROPOSES|EVALUATES|TRAINS]-(paper:Paperkg:Paper)
WITH collect(DISTINCT paper) AS papers
UNWIND papers AS paper
MATCH (paper)-[:ADDRESSES]->(task:Paperkg:Concept)
WITH task, count(paper) AS addressing, size(papers) AS total
RETURN
  task.id AS task_id,
  task.name AS task,
  addressing AS papers,
  round(1.0 * addressing / total, 6) AS share
ORDER BY papers DESC, task_id
LIMIT $limit
