// Papers without concepts: nothing was found in them.
//
// Ordered by paper_id. It scans all papers: what is not there is in no index.
//
// $limit (integer): most rows, such as 20. Default 50.

MATCH (paper:Paperkg:Paper)
WHERE NOT EXISTS { (paper)-[:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]->(:Paperkg:Concept) }
RETURN
  paper.id AS paper_id,
  paper.name AS title,
  coalesce(paper.published, paper.seen_on) AS date,
  paper.url AS url
ORDER BY paper_id
LIMIT $limit
