// Who proposed a concept: the papers that say so, the earliest first.
//
// Where the true source is not among the papers, those that propose a variant of it may be. Ordered
// by date (published, else the day on which a page listed it; an unknown one last), confidence
// (highest first), paper_id.
//
// $concept (concept): such as "contrastive loss".
// $limit (integer): most rows, such as 20. Default 50.

MATCH (:Paperkg {id: $concept})<-[edge:PROPOSES]-(paper:Paperkg:Paper)
RETURN
  paper.id AS paper_id,
  paper.name AS title,
  coalesce(paper.published, paper.seen_on) AS date,
  paper.authors AS authors,
  round(edge.confidence, 6) AS confidence,
  edge.evidence AS evidence
ORDER BY date, coalesce(edge.confidence, -1.0) DESC, paper_id
LIMIT $limit
