// Papers of a concept by role, each with the sentence that shows it.
//
// Ordered by role, then confidence (highest first), then paper_id. A paper may have two roles.
//
// $concept (concept): what the papers are about, such as "BERT".
// $role (role): `any`, or a role such as "uses". Default "any".
// $limit (integer): most rows, such as 20. Default 50.

MATCH (:Paperkg {id: $concept})<-[edge:PROPOSES|USES|EVALUATES|ADDRESSES|REPORTS|TRAINS|COMPARES|STUDIES|MENTIONS]-(paper:Paperkg:Paper)
WITH paper, edge, toLower(type(edge)) AS role
WHERE $role IN ['any', role]
WITH paper, edge, role
ORDER BY role, coalesce(edge.confidence, -1.0) DESC, paper.id
LIMIT $limit
RETURN
  role,
  paper.id AS paper_id,
  paper.name AS title,
  coalesce(paper.published, paper.seen_on) AS date,
  round(edge.confidence, 6) AS confidence,
  edge.count AS count,
  edge.evidence AS evidence
ORDER BY role, coalesce(edge.confidence, -1.0) DESC, paper_id
