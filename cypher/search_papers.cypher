// Papers by text: those with the most of the words come first.
//
// Words are what blanks divide, 50 at most, without regard to case. A paper has a word where it stands
// in the title or the abstract, not as a part of a longer word or number. The full-text index gives the
// candidates, its score plays no part. Ordered by the number of words that the paper has (most first),
// then paper_id. Each candidate is read, so a word of most papers costs much.
//
// $text (text): such as "language model pretraining".
// $limit (integer): most rows, such as 10. Default 20.

WITH split(toLower($text), ' ') AS typed
WITH [place IN range(0, size(typed) - 1)
  WHERE typed[place] =~ '(?s).*[\\p{L}\\p{N}].*' AND NOT typed[place] IN typed[..place] | typed[place]
][..50] AS words
WHERE size(words) > 0
WITH
  words,
  // What joins letters and digits to one word of the index: graph/words.py has the same.
  '[\\p{L}\\p{N}\\p{M}\\p{Pc}\\p{Cf}\u02c2-\u02df]' AS letter,
  '[.,:;\'"\u00b7\u0387\u037e\u055f\u0589\u05f4\u060c\u060d\u066b\u066c\u07f8\u2018\u2019\u2024\u2027\u202f\u2044\ufe10\ufe13\ufe14\ufe50\ufe52\ufe54\ufe55\uff07\uff0c\uff0e\uff1a\uff1b]' AS joint
UNWIND words AS word
WITH
  word,
  '"' + replace(replace(word, '\\', '\\\\'), '"', '\\"') + '"' AS phrase,
  '(?s)(?:.*(?<!' + letter + ')(?<!' + letter + joint + '))?\\Q' + replace(word, '\\E', '\\E\\\\E\\Q')
    + '\\E(?!' + letter + ')(?!' + joint + letter + ').*' AS pattern
WITH collect([word, phrase, pattern]) AS words
CALL (words) {
  UNWIND words AS word
  CALL db.index.fulltext.queryNodes('paperkg_text', word[1]) YIELD node AS paper
  WITH paper, count(*) AS most
  WHERE paper:Paper
  RETURN paper, most
}
WITH words, paper, most
ORDER BY paper.id
WITH words, collect([paper, most]) AS candidates
// The index may find more than there is, never less: who has `level` words is among `most >= level`.
UNWIND range(1, size(words)) AS level
CALL (words, candidates, level) {
  UNWIND candidates AS candidate
  WITH candidate[0] AS paper, candidate[1] AS most
  WHERE most >= level
  WITH paper, toLower(paper.name) AS title, toLower(coalesce(paper.abstract, '')) AS abstract
  WITH paper, [word IN words
    WHERE (title CONTAINS word[0] AND title =~ word[2])
    OR (abstract CONTAINS word[0] AND abstract =~ word[2])
  | word[0]] AS matched
  WHERE size(matched) = level
  RETURN paper, matched
  LIMIT $limit
}
RETURN
  paper.id AS paper_id,
  paper.name AS title,
  coalesce(paper.published, paper.seen_on) AS date,
  level AS words,
  matched
ORDER BY words DESC, paper_id
LIMIT $limit
